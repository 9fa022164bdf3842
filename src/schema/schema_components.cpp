// SPDX-License-Identifier: MIT
// The components of a document and their names.
#include <algorithm>

#include <serval/schema/json_schema.hpp>

#include "base/ascii.hpp"
#include "schema/json_schema.hpp"

namespace serval::detail {

namespace {

bool is_component_character(char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; }

/// "shop::{anonymous}::Item" -> "shop__Item".
std::string long_component_name(std::string_view full_name) {
  std::string name(full_name);
  for (const std::string_view word : {"{anonymous}::", "(anonymous namespace)::"}) {
    for (std::size_t at = name.find(word); at != std::string::npos; at = name.find(word)) name.erase(at, word.size());
  }
  return component_name(name);
}

void rename(json& reference, const std::map<std::string, std::string>& renames) {
  const auto found = renames.find(reference.get_ref<const std::string&>());
  if (found != renames.end()) reference = found->second;
}

void rename_references(json& value, const std::map<std::string, std::string>& renames) {
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
  const void* what = type.model;
  if (enumeration) what = type.ops.enumeration;
  if (type.kind == Kind::partial) what = type.ops.partial;
  const Identity identity{type.kind, what};
  const auto [known, is_new] = known_.emplace(std::pair(identity, mode_), components_.size());
  const std::size_t index = known->second;
  if (is_new) {
    const std::string short_name = component_name(type.name);
    const std::string long_name = long_component_name(type.full_name);
    // No C++ type has a hyphen in its name.
    const std::string suffix = mode_ == schema::SchemaMode::output ? "-Output" : "";
    const std::string name = is_taken(short_name + suffix) ? unused(long_name + suffix) : short_name + suffix;
    // It is added before its schema is made, since a model may contain itself.
    components_.push_back({.type = identity,
                           .mode = mode_,
                           .short_name = short_name,
                           .long_name = long_name,
                           .name = name,
                           .schema = {}});
    json schema = enumeration ? enumeration_schema(type) : model_schema(type);
    components_[index].schema = std::move(schema);
  }
  return reference(components_[index].name);
}

json SchemaBuilder::add_component(std::string_view name, json schema) {
  const std::string valid = component_name(name);
  components_.push_back({.type = {},
                         .mode = schema::SchemaMode::input,
                         .short_name = valid,
                         .long_name = {},
                         .name = unused(valid),
                         .schema = std::move(schema)});
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

SchemaBuilder::Component* SchemaBuilder::other_mode(const Component& component) {
  if (component.long_name.empty()) return nullptr;
  const schema::SchemaMode other =
      component.mode == schema::SchemaMode::input ? schema::SchemaMode::output : schema::SchemaMode::input;
  const auto found = known_.find({component.type, other});
  return found == known_.end() ? nullptr : &components_[found->second];
}

// All are assumed to be equal at first; each one that differs makes those that refer to it differ.
std::set<SchemaBuilder::Identity> SchemaBuilder::types_that_differ() {
  std::set<Identity> differing;
  for (bool grows = true; grows;) {
    grows = false;
    Renames equal;
    for (const Component& component : components_) {
      const Component* input = component.mode == schema::SchemaMode::output ? other_mode(component) : nullptr;
      if (input != nullptr && !differing.contains(component.type))
        equal[prefix_ + component.name] = prefix_ + input->name;
    }
    for (const Component& component : components_) {
      const Component* input = component.mode == schema::SchemaMode::output ? other_mode(component) : nullptr;
      if (input == nullptr || differing.contains(component.type)) continue;
      json schema = component.schema;
      rename_references(schema, equal);
      if (schema != input->schema) grows = differing.insert(component.type).second;
    }
  }
  return differing;
}

// The first type with a name got it before a second type with the same name was known.
SchemaBuilder::Renames SchemaBuilder::settle_names(const std::set<Identity>& differing) {
  const auto is_shared = [this](const Component& component) {
    return std::any_of(components_.begin(), components_.end(), [&](const Component& other) {
      return other.type != component.type && !other.long_name.empty() && other.short_name == component.short_name;
    });
  };
  Renames renames;
  std::map<Identity, std::string> bases;
  std::set<std::string> taken;
  for (const Component& component : components_) {
    if (component.long_name.empty()) taken.insert(component.name);
  }
  for (Component& component : components_) {
    if (component.long_name.empty()) continue;
    std::string& base = bases[component.type];
    if (base.empty()) {
      const std::string& wanted = is_shared(component) ? component.long_name : component.short_name;
      base = wanted;
      for (int number = 2; !taken.insert(base).second; ++number) base = wanted + '_' + std::to_string(number);
    }
    std::string name = base;
    if (differing.contains(component.type)) name += component.mode == schema::SchemaMode::input ? "-Input" : "-Output";
    if (name != component.name) renames[prefix_ + component.name] = prefix_ + name;
    component.name = std::move(name);
  }
  return renames;
}

json SchemaBuilder::finish(json& document) {
  const Renames renames = settle_names(types_that_differ());
  if (!renames.empty()) {
    rename_references(document, renames);
    for (Component& component : components_) rename_references(component.schema, renames);
  }
  std::sort(components_.begin(), components_.end(),
            [](const Component& a, const Component& b) { return a.name < b.name; });
  json all = json::object();
  for (Component& component : components_) all[component.name] = std::move(component.schema);
  components_.clear();
  known_.clear();
  return all;
}

json schema_document(const Type& type, schema::SchemaMode mode) {
  SchemaBuilder builder("#/$defs/");
  builder.set_mode(mode);
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
