// SPDX-License-Identifier: MIT
// The components of a document and what they are called.
#include <algorithm>

#include <serval/schema/json_schema.hpp>

#include "schema/json_schema.hpp"

namespace serval::detail {

namespace {

using Renames = std::map<std::string, std::string>;

bool is_component_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

/// "shop::{anonymous}::Item" -> "shop__Item".
std::string long_component_name(std::string_view full_name) {
  std::string name(full_name);
  for (const std::string_view word : {"{anonymous}::", "(anonymous namespace)::"}) {
    for (std::size_t at = name.find(word); at != std::string::npos; at = name.find(word)) name.erase(at, word.size());
  }
  return component_name(name);
}

void rename(json& reference, const Renames& renames) {
  const auto found = renames.find(reference.get_ref<const std::string&>());
  if (found != renames.end()) reference = found->second;
}

void rename_references(json& value, const Renames& renames) {
  if (!value.is_structured()) return;
  for (const auto& [key, child] : value.items()) {
    if (key == "$ref" && child.is_string()) rename(child, renames);
    if (key == "mapping" && child.is_object()) {
      for (json& each : child)
        if (each.is_string()) rename(each, renames);
    }
    rename_references(child, renames);
  }
}

bool refers_to(const json& value, std::string_view reference) {
  if (!value.is_structured()) return value.is_string() && value.get_ref<const std::string&>() == reference;
  return std::any_of(value.begin(), value.end(), [&](const json& child) { return refers_to(child, reference); });
}

}  // namespace

std::string component_name(std::string_view name) {
  std::string out(name);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return !is_component_character(c); }, '_');
  return out;
}

json SchemaBuilder::reference_to(const Type& type) {
  const bool enumeration = type.kind == Kind::enumeration;
  const void* address = enumeration ? static_cast<const void*>(type.ops.enumeration) : type.model;
  const auto [known, is_new] = known_.emplace(Identity{type.kind, address}, components_.size());
  const std::size_t index = known->second;
  if (is_new) {
    const std::string short_name = component_name(type.name);
    const std::string long_name = long_component_name(type.full_name);
    const std::string name = is_taken(short_name) ? unused(long_name) : short_name;
    // It takes its place before its schema is made: a model may contain itself.
    components_.push_back({short_name, long_name, name, {}});
    json schema = enumeration ? enumeration_schema(type) : model_schema(type);
    components_[index].schema = std::move(schema);
  }
  return reference(components_[index].name);
}

json SchemaBuilder::add_component(std::string_view name, json schema) {
  const std::string valid = component_name(name);
  components_.push_back({valid, {}, unused(valid), std::move(schema)});
  return reference(components_.back().name);
}

bool SchemaBuilder::is_taken(std::string_view name) const {
  return std::any_of(components_.begin(), components_.end(), [&](const Component& each) { return each.name == name; });
}

std::string SchemaBuilder::unused(std::string name) const {
  if (!is_taken(name)) return name;
  int number = 2;
  while (is_taken(name + '_' + std::to_string(number))) ++number;
  return name + '_' + std::to_string(number);
}

// The first type of a name got it before anybody knew that there would be a second.
void SchemaBuilder::use_longer_names(json& document) {
  Renames renames;
  for (Component& component : components_) {
    const bool is_shared = std::any_of(components_.begin(), components_.end(), [&](const Component& other) {
      return &other != &component && !other.long_name.empty() && other.short_name == component.short_name;
    });
    if (!is_shared || component.name != component.short_name || component.long_name.empty() ||
        component.long_name == component.short_name) {
      continue;
    }
    const std::string longer = unused(component.long_name);
    renames[prefix_ + component.name] = prefix_ + longer;
    component.name = longer;
  }
  if (renames.empty()) return;
  rename_references(document, renames);
  for (Component& component : components_) rename_references(component.schema, renames);
}

json SchemaBuilder::finish(json& document) {
  use_longer_names(document);
  std::sort(components_.begin(), components_.end(),
            [](const Component& a, const Component& b) { return a.name < b.name; });
  json all = json::object();
  for (Component& component : components_) all[component.name] = std::move(component.schema);
  components_.clear();
  known_.clear();
  return all;
}

json schema_document(const Type& type) {
  SchemaBuilder builder("#/$defs/");
  json root = builder.reference_or_inline(type);
  json definitions = builder.finish(root);
  if (root.size() == 1 && root.contains("$ref")) {
    const std::string reference = root["$ref"];
    if (!refers_to(definitions, reference)) {
      const std::string name = reference.substr(reference.rfind('/') + 1);
      root = definitions[name];
      definitions.erase(name);
    }
  }
  if (!definitions.empty()) root["$defs"] = std::move(definitions);
  return root;
}

}  // namespace serval::detail
