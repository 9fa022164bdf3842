// SPDX-License-Identifier: MIT
// Converts a C++ value to a `json` by the descriptor of its type: the tree form of the text that encoder.cpp writes.
#include <cmath>
#include <string>
#include <string_view>

#include <serval/schema/codec.hpp>
#include <serval/schema/json_hook.hpp>

#include "json/writer.hpp"
#include "schema/encoder.hpp"
#include "schema/text_ops.hpp"
#include "types/unwritable.hpp"

namespace serval::detail {

namespace {

/// Appends a member with that name, without a search in the ordered object.
json& add_member(json& object, std::string_view name) {
  return object.get_ref<json::object_t&>().emplace_back(std::string(name), json()).second;
}

void number_node(json& out, const Type& type, const void* value) {
  const double number =
      type.bytes == 4 ? double_of(*static_cast<const float*>(value)) : *static_cast<const double*>(value);
  if (std::isfinite(number))
    assign_double(out, number);
  else
    out = nullptr;  // as in text
}

void integer_node(json& out, const Type& type, const void* value) {
  const std::int64_t number = load_integer(type, value);
  if (type.is_signed)
    assign_int(out, number);
  else
    assign_uint(out, static_cast<std::uint64_t>(number));
}

void literal_node(json& out, const Type& type, const void* value) {
  const RuleValue& literal = type.ops.literal->values[type.ops.literal->load(value)];
  if (literal.kind == ArgValue::text)
    assign_text(out, literal.text);
  else
    assign_int(out, literal.bits);
}

struct NodeMaker {
  json& out;
  const Type& type;

  static void make(void* raw, const void* value) {
    const auto& maker = *static_cast<NodeMaker*>(raw);
    encode_node(maker.out, maker.type, value);
  }
  static void append(void* raw, const void* element) {
    const auto& maker = *static_cast<NodeMaker*>(raw);
    encode_node(maker.out.get_ref<json::array_t&>().emplace_back(), maker.type, element);
  }
  static void add(void* raw, const void* key, const void* mapped) {
    const auto& maker = *static_cast<NodeMaker*>(raw);
    std::string name;
    encode_text(name, *maker.type.key, key);
    encode_node(add_member(maker.out, name), *maker.type.element, mapped);
  }
};

void tuple_node(json& out, const Type& type, const void* value) {
  out = json::array();
  auto& elements = out.get_ref<json::array_t&>();
  elements.reserve(type.part_count);
  for (std::size_t i = 0; i < type.part_count; ++i) {
    // The operation also returns addresses for decoding; nothing is written through this one.
    encode_node(elements.emplace_back(), *type.parts[i], type.ops.tuple->at(const_cast<void*>(value), i));
  }
}

void model_node(json& out, const Model& model, const void* object, const std::uint64_t* given) {
  out = json::object();
  out.get_ref<json::object_t&>().reserve(model.member_count + model.computed_count);
  std::string_view name;  // the member that is being written
  try {
    for (std::size_t i = 0; i < model.member_count; ++i) {
      const Member& member = model.members[i];
      name = member.name;
      if (member.excluded || (given != nullptr && ((*given >> i) & 1U) == 0)) continue;
      encode_node(add_member(out, member.output), *member.type, model.at(object, i));
    }
    for (std::size_t i = 0; i < model.computed_count && given == nullptr; ++i) {
      const ComputedMember& member = model.computed[i];
      name = member.wire;
      NodeMaker maker{add_member(out, member.wire), *member.type};
      const auto offset = static_cast<const char*>(member.address) - static_cast<const char*>(model.ghost);
      member.with(static_cast<const char*>(object) + offset, &maker, NodeMaker::make);
    }
  } catch (const Unwritable& fault) {
    throw fault.within(name);
  }
}

/// Converts a type that is a text on the wire.
void text_node(json& out, const Type& type, const void* value) {
  std::string text;
  encode_text(text, type, value);
  if (type.kind == Kind::text && type.ops.text->is_bare)
    out = schema::parse_json(text);
  else
    assign_text(out, std::move(text));
}

}  // namespace

void encode_node(json& out, const Type& type, const void* value) {
  if (type.is_secret) return text_node(out, type, value);
  switch (type.kind) {
    case Kind::boolean:
      return assign_bool(out, *static_cast<const bool*>(value));
    case Kind::integer:
      return integer_node(out, type, value);
    case Kind::number:
      return number_node(out, type, value);
    case Kind::literal:
      return literal_node(out, type, value);
    case Kind::json:
      return type.ops.json->store(&out, value);
    case Kind::optional:
      if (const void* held = type.ops.optional->get(value)) return encode_node(out, *type.element, held);
      out = nullptr;
      return;
    case Kind::list:
    case Kind::set: {
      out = json::array();
      out.get_ref<json::array_t&>().reserve(type.ops.sequence->size(value));
      NodeMaker maker{out, *type.element};
      return type.ops.sequence->each(value, &maker, NodeMaker::append);
    }
    case Kind::map: {
      out = json::object();
      NodeMaker maker{out, type};
      return type.ops.map->each(value, &maker, NodeMaker::add);
    }
    case Kind::tuple:
      return tuple_node(out, type, value);
    case Kind::variant: {
      const void* held = type.ops.variant->get(value);  // throws if an exception left the variant without a value
      return encode_node(out, *type.parts[type.ops.variant->index(value)], held);
    }
    case Kind::model:
      return model_node(out, *type.model, value, nullptr);
    case Kind::partial:
      return model_node(out, *type.model, value, type.ops.partial->members(const_cast<void*>(value)));
    case Kind::upload:
      return assign_text(out, type.ops.upload->name(value));
    case Kind::custom: {
      NodeMaker maker{out, *type.ops.custom->wire};
      return type.ops.custom->encode(value, &maker, NodeMaker::make);
    }
    case Kind::string:
    case Kind::enumeration:
    case Kind::text:
    case Kind::uuid:
    case Kind::datetime:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
      return text_node(out, type, value);
  }
}

}  // namespace serval::detail
