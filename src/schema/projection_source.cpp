// SPDX-License-Identifier: MIT
#include "schema/projection_source.hpp"

#include <string>
#include <utility>

#include <serval/schema/codec.hpp>

#include "schema/encoder.hpp"

namespace serval::detail::source {

namespace {

const json& json_at(const void* value) { return *static_cast<const json*>(value); }

bool is_model(const Type& type) { return type.kind == Kind::model || type.kind == Kind::partial; }

bool was_set(const Type& type, const void* value) {
  if (type.is_set != nullptr) return type.is_set(value);
  return type.kind != Kind::optional || type.is_nullable || type.ops.optional->get(value) != nullptr;
}

/// The context of callbacks from operations on types: the function to call, and the type.
struct TypedUse {
  const UseValue& use;
  const Type& type;

  static void call(void* raw, const void* value) {
    const auto& context = *static_cast<TypedUse*>(raw);
    context.use(context.type, value);
  }
};

void with_computed(const Model& model, const ComputedMember& member, const void* object, const UseMember& use) {
  const UseValue use_value = [&](const Type& type, const void* made) { use(type, made, true); };
  TypedUse context{use_value, *member.type};
  const auto offset = static_cast<const char*>(member.address) - static_cast<const char*>(model.ghost);
  member.with(static_cast<const char*>(object) + offset, &context, TypedUse::call);
}

// By its name in responses, otherwise by those in requests and in C++.
void with_model_member(const Type& from, const void* value, const Member& wanted, const UseMember& use) {
  const Model& model = *from.model;
  const std::uint64_t* given =
      from.kind == Kind::partial ? from.ops.partial->members(const_cast<void*>(value)) : nullptr;
  for (const auto name : {&Member::output, &Member::wire, &Member::name}) {
    for (std::size_t i = 0; i < model.member_count; ++i) {
      const Member& member = model.members[i];
      const bool fits = name == &Member::name ? member.name == wanted.name : member.output == wanted.*name;
      if (!fits || member.excluded || (given != nullptr && ((*given >> i) & 1U) == 0)) continue;
      const void* held = model.at(value, i);
      return use(*member.type, held, given != nullptr || was_set(*member.type, held));
    }
    for (std::size_t i = 0; name == &Member::output && given == nullptr && i < model.computed_count; ++i) {
      if (model.computed[i].wire == wanted.output) return with_computed(model, model.computed[i], value, use);
    }
  }
}

}  // namespace

bool is_json(const Type& from) noexcept { return from.kind == Kind::json && from.ops.json == &json_value_ops; }

bool is_carried(const Type& from, const void* value) {
  if (from.kind == Kind::optional) return from.ops.optional->get(value) != nullptr;
  return from.kind == Kind::variant || from.kind == Kind::custom || (from.kind == Kind::json && !is_json(from));
}

void open(const Type& from, const void* value, const UseValue& use) {
  if (from.kind == Kind::optional) return use(*from.element, from.ops.optional->get(value));
  if (from.kind == Kind::variant) {
    const void* held = from.ops.variant->get(value);
    return use(*from.parts[from.ops.variant->index(value)], held);
  }
  if (from.kind == Kind::json) {
    json converted;
    from.ops.json->store(&converted, value);
    return use(type_of<json>, &converted);
  }
  TypedUse context{use, *from.ops.custom->wire};
  from.ops.custom->encode(value, &context, TypedUse::call);
}

bool has_members(const Type& from, const void* value) { return is_model(from) || has_entries(from, value); }

void with_member(const Type& from, const void* value, const Member& wanted, const UseMember& use) {
  if (is_model(from)) return with_model_member(from, value, wanted, use);
  if (from.kind == Kind::map) {
    return each_entry(from, value, [&](std::string_view key, const Type& type, const void* mapped) {
      if (key == wanted.output) use(type, mapped, true);
    });
  }
  const json& object = json_at(value);
  auto entry = object.find(std::string(wanted.output));
  if (entry == object.end()) entry = object.find(std::string(wanted.wire));
  if (entry != object.end()) use(type_of<json>, &*entry, true);
}

bool has_items(const Type& from, const void* value) {
  return from.kind == Kind::list || from.kind == Kind::set || (is_json(from) && json_at(value).is_array());
}

std::size_t item_count(const Type& from, const void* value) {
  return is_json(from) ? json_at(value).size() : from.ops.sequence->size(value);
}

void each_item(const Type& from, const void* value, const UseValue& use) {
  if (is_json(from)) {
    for (const json& item : json_at(value)) use(type_of<json>, &item);
    return;
  }
  TypedUse context{use, *from.element};
  from.ops.sequence->each(value, &context, TypedUse::call);
}

bool has_entries(const Type& from, const void* value) {
  return from.kind == Kind::map || (is_json(from) && json_at(value).is_object());
}

void each_entry(const Type& from, const void* value, const UseEntry& use) {
  if (is_json(from)) {
    for (const auto& [key, mapped] : json_at(value).get_ref<const json::object_t&>()) use(key, type_of<json>, &mapped);
    return;
  }
  struct Context {
    const Type& from;
    const UseEntry& use;
  } context{from, use};
  from.ops.map->each(value, &context, [](void* raw, const void* key, const void* mapped) {
    const auto& c = *static_cast<Context*>(raw);
    std::string text;
    encode_text(text, *c.from.key, key);
    c.use(text, *c.from.element, mapped);
  });
}

}  // namespace serval::detail::source
