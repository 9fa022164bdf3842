// SPDX-License-Identifier: MIT
// From descriptors to JSON Schema, in Pydantic's words. Models and enumerations become components that the rest refers
// to; who builds a document asks for schemas one by one and takes the components at the end.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/json/json.hpp>
#include <serval/schema/json_schema.hpp>
#include <serval/schema/type.hpp>

#include "schema/schema_keywords.hpp"

namespace serval::detail {

/// A name as components have it: "Page<Item>" -> "Page_Item_".
[[nodiscard]] std::string component_name(std::string_view name);

/// Collects the components of one document. A type that is asked for in both modes is one component where both schemas
/// are the same, else "Item-Input" and "Item-Output".
class SchemaBuilder {
 public:
  /// `prefix` is what stands before a component's name in a reference.
  explicit SchemaBuilder(std::string_view prefix = "#/components/schemas/") : prefix_(prefix) {}

  /// For what is asked from now on. Default: input.
  void set_mode(schema::SchemaMode mode) noexcept { mode_ = has_one_mode_ ? schema::SchemaMode::input : mode; }
  /// Answers get the schemas of requests, too: no type has two components.
  void use_one_mode() noexcept { has_one_mode_ = true; }

  /// The schema of a value: a reference for models and enumerations. `rules` are those of a parameter, null for none;
  /// those of a `Field` stand in its type. Title, description, examples, deprecated and default only as rules say.
  [[nodiscard]] json reference_or_inline(const Type& type, const Rules* rules = nullptr);

  /// The same with a title made of `name` where the rules give none; a bare reference stays one. For parameters and
  /// bodies.
  [[nodiscard]] json titled(const Type& type, const Rules* rules, std::string_view name);

  /// The schema of one member of a model, as it stands in the model's own: with title and default.
  [[nodiscard]] json member_schema(const Type& model, std::size_t member);

  /// Adds a component that is no type of C++, "Body_create_item_items__post", and returns a reference to it.
  json add_component(std::string_view name, json schema);

  /// The components by name, sorted; the builder is empty then. Where two types have one name both get longer ones,
  /// and what `document` and the components refer to is put right.
  [[nodiscard]] json finish(json& document);

 private:
  struct Identity {
    Kind kind;
    const void* address;
    friend auto operator<=>(const Identity&, const Identity&) = default;
  };
  struct Component {
    Identity type;  // no address for what is no type
    schema::SchemaMode mode = schema::SchemaMode::input;
    std::string short_name;
    std::string long_name;  // with namespaces; empty for what is no type
    std::string name;       // as references have it until `finish`
    json schema;
  };
  using Renames = std::map<std::string, std::string>;  // of references

  json reference(std::string_view name) const { return {{"$ref", prefix_ + std::string(name)}}; }
  json reference_to(const Type& type);
  json inline_schema(const Type& type, const Rules* rules);
  json model_schema(const Type& type);
  json text_schema(const Type& type) const;
  void add_computed(const Model& model, json& properties, json& required);
  json optional_schema(const Type& type, const Rules* rules);
  json variant_schema(const Type& type, const Rules* rules);
  json tagged_schema(const Type& type, std::string_view discriminator);
  json map_schema(const Type& type);
  json list_schema(const Type& type);
  json tuple_schema(const Type& type);
  json custom_schema(const Type& type, const Rules* rules);

  bool is_taken(std::string_view name) const;
  std::string unused(std::string name) const;
  Component* other_mode(const Component& component);
  std::set<Identity> types_that_differ();
  Renames settle_names(const std::set<Identity>& differing);

  std::string prefix_;
  schema::SchemaMode mode_ = schema::SchemaMode::input;
  bool has_one_mode_ = false;
  std::map<std::pair<Identity, schema::SchemaMode>, std::size_t> known_;  // types to indices of components_
  std::vector<Component> components_;
};

}  // namespace serval::detail
