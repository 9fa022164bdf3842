// SPDX-License-Identifier: MIT
// From descriptors to JSON Schema, in Pydantic's words. Models and enumerations become components that the rest refers
// to; who builds a document asks for schemas one by one and takes the components at the end.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/schema/json.hpp>
#include <serval/schema/type.hpp>

#include "schema/schema_keywords.hpp"

namespace serval::detail {

/// A name as components have it: "Page<Item>" -> "Page_Item_".
[[nodiscard]] std::string component_name(std::string_view name);

/// Collects the components of one document. What goes in and what comes out of a handler has the same schema.
class SchemaBuilder {
 public:
  /// `prefix` is what stands before a component's name in a reference.
  explicit SchemaBuilder(std::string_view prefix = "#/components/schemas/") : prefix_(prefix) {}

  /// The schema of a value: a reference for models and enumerations. `rules` are those of a parameter, null for none;
  /// those of a `Field` stand in its type. Title, description, examples, deprecated and default only as rules say.
  [[nodiscard]] json reference_or_inline(const Type& type, const Rules* rules = nullptr);

  /// The same with a title made of `name` where the rules give none; a bare reference stays one. For parameters and
  /// bodies.
  [[nodiscard]] json titled(const Type& type, const Rules* rules, std::string_view name);

  /// Adds a component that is no type of C++, "Body_create_item_items__post", and returns a reference to it.
  json add_component(std::string_view name, json schema);

  /// The components by name, sorted; the builder is empty then. Where two types have one name both get longer ones,
  /// and what `document` and the components refer to is put right.
  [[nodiscard]] json finish(json& document);

 private:
  using Identity = std::pair<Kind, const void*>;
  struct Component {
    std::string short_name;
    std::string long_name;  // with namespaces; empty for what is no type
    std::string name;       // as references have it
    json schema;
  };

  json reference(std::string_view name) const { return {{"$ref", prefix_ + std::string(name)}}; }
  json reference_to(const Type& type);
  json inline_schema(const Type& type, const Rules* rules);
  json model_schema(const Type& type);
  json member_schema(const Type& model, std::size_t member);
  json optional_schema(const Type& type, const Rules* rules);
  json variant_schema(const Type& type, const Rules* rules);
  json tagged_schema(const Type& type, std::string_view discriminator);
  json map_schema(const Type& type);
  json list_schema(const Type& type);
  json tuple_schema(const Type& type);
  json custom_schema(const Type& type, const Rules* rules);

  bool is_taken(std::string_view name) const;
  std::string unused(std::string name) const;
  void use_longer_names(json& document);

  std::string prefix_;
  std::map<Identity, std::size_t> known_;  // types to indices of components_
  std::vector<Component> components_;
};

}  // namespace serval::detail
