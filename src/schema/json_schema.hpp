// SPDX-License-Identifier: MIT
// Converts descriptors to JSON Schema in Pydantic's form. Models and enumerations become components to which other
// schemas refer; the document builder requests schemas one by one and takes the components at the end.
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

/// The component name of a type: "Page<Item>" -> "Page_Item_".
[[nodiscard]] std::string component_name(std::string_view name);

/// Collects the components of one document. A type that is requested in both modes is one component if both schemas are
/// equal, otherwise "Item-Input" and "Item-Output".
class SchemaBuilder {
 public:
  /// `prefix` is the text before a component's name in a reference.
  explicit SchemaBuilder(std::string_view prefix = "#/components/schemas/") : prefix_(prefix) {}

  /// Sets the mode for the following schemas. Default: input.
  void set_mode(schema::SchemaMode mode) noexcept { mode_ = has_one_mode_ ? schema::SchemaMode::input : mode; }
  /// Responses also use the schemas of requests: no type has two components.
  void use_one_mode() noexcept { has_one_mode_ = true; }

  /// The schema of a value: a reference for models and enumerations. `rules` are those of a parameter, null for none;
  /// the rules of a `Field` are in its type. Title, description, examples, deprecated and default come only from rules.
  [[nodiscard]] json reference_or_inline(const Type& type, const Rules* rules = nullptr);

  /// The same with a title made from `name` if the rules have none; a bare reference is unchanged. For parameters and
  /// bodies.
  [[nodiscard]] json titled(const Type& type, const Rules* rules, std::string_view name);

  /// The schema of one member of a model, as in the model's schema: with title and default.
  [[nodiscard]] json member_schema(const Type& model, std::size_t member);

  /// Adds a component that is not a C++ type, "Body_create_item_items__post", and returns a reference to it.
  json add_component(std::string_view name, json schema);

  /// The components by name, sorted; the builder is then empty. If two types have the same name, both get longer names,
  /// and the references in `document` and in the components are corrected.
  [[nodiscard]] json finish(json& document);

 private:
  struct Identity {
    Kind kind;
    const void* address;
    friend auto operator<=>(const Identity&, const Identity&) = default;
  };
  struct Component {
    Identity type;  // no address if it is not a type
    schema::SchemaMode mode = schema::SchemaMode::input;
    std::string short_name;
    std::string long_name;  // with namespaces; empty if it is not a type
    std::string name;       // the name in references until `finish`
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
