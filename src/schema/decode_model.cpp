// SPDX-License-Identifier: MIT
// Models and maps: JSON objects to aggregates, member by member in the order of declaration.
#include <algorithm>
#include <array>
#include <limits>

#include "json/members.hpp"
#include "schema/constraints.hpp"
#include "schema/decoder.hpp"

namespace serval::detail {

namespace {

constexpr std::uint32_t absent = std::numeric_limits<std::uint32_t>::max();

struct FoundValues {
  std::size_t members = 0;
  bool has_extras = false;  // members that the model does not declare
};

/// Records for each member the index of its value on the tape; the last one for a repeated key, as in a Python dict.
FoundValues find_values(const Model& model, JsonValue object, std::uint32_t* found) {
  FoundValues result;
  std::size_t next = 0;  // clients mostly send members in the order of declaration
  std::string scratch;
  JsonValue key = object.first();
  for (std::size_t i = 0; i < object.size(); ++i) {
    const JsonValue value = key.next();
    const std::size_t member = find_member(model, key.string(scratch), next);
    if (member < model.member_count) {
      if (found[member] == absent) ++result.members;
      found[member] = value.index();
      next = member + 1 < model.member_count ? member + 1 : 0;
    } else {
      result.has_extras = true;
    }
    if (i + 1 < object.size()) key = value.next();
  }
  return result;
}

}  // namespace

std::size_t find_member(const Model& model, std::string_view wire, std::size_t hint) noexcept {
  const std::size_t count = model.member_count;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t candidate = hint + i < count ? hint + i : hint + i - count;
    if (model.members[candidate].wire == wire) return candidate;
  }
  return count;
}

bool Decoder::decode_model(const Model& model, JsonValue value, void* out, std::uint64_t* given) {
  if (!value.is_object()) {
    report(
        {.type = "model_attributes_type", .msg = "Input should be a valid dictionary or object to extract fields from"},
        input_of(value));
    return false;
  }
  std::array<std::uint32_t, max_model_members> found;
  std::fill_n(found.begin(), model.member_count, absent);
  const FoundValues counts = find_values(model, value, found.data());
  match_.add_members(counts.members);

  bool whole = true;
  for (std::size_t i = 0; i < model.member_count; ++i) {
    const Member& member = model.members[i];
    if (found[i] == absent && (given != nullptr || member.type->may_be_absent())) {
      if (given == nullptr && member.type->has_default_factory())
        make_default(*member.type, *member.type->rules, model.at(out, i));
      continue;
    }
    enter(member.wire);
    if (found[i] == absent) {
      report_missing(input_of(value));
      whole = false;
    } else {
      whole = decode_value(*member.type, nullptr, Mode::lax, value.at(found[i]), model.at(out, i)) && whole;
      if (given != nullptr) *given |= std::uint64_t{1} << i;
    }
    leave();
  }
  if (counts.has_extras && model.config.extra == schema::Extra::forbid) {
    report_extras(model, value);
    whole = false;
  }
  if (!whole || model.check == nullptr || given != nullptr) return whole;
  return run_check(model, out, [&](std::string_view wire) {
    const std::size_t member = find_member(model, wire, 0);
    return input_of(member < model.member_count && found[member] != absent ? value.at(found[member]) : value);
  });
}

void Decoder::report_extras(const Model& model, JsonValue value) {
  std::vector<JsonMember> members;
  append_members(members, value);
  std::string scratch;
  for (const JsonMember& member : members) {
    const std::string_view name = member.key.string(scratch);
    if (find_member(model, name, 0) < model.member_count) continue;
    enter(name);
    report({.type = "extra_forbidden", .msg = "Extra inputs are not permitted"}, input_of(member.value));
    leave();
  }
}

bool Decoder::run_check(const Model& model, const void* object,
                        const std::function<std::string(std::string_view)>& input) {
  if (model.check == nullptr) return true;
  schema::Errors errors;
  model.check(object, errors);
  for (const schema::Errors::Entry& entry : errors.entries()) {
    if (!entry.member.empty()) enter(entry.member);
    report(fault_value_error(entry.message), input(entry.member));
    if (!entry.member.empty()) leave();
  }
  return errors.empty();
}

struct Decoder::MapContext {
  Decoder& decoder;
  const Type& key_type;
  const Type& value_type;
  Mode mode;
  std::string_view key;
  JsonValue value;

  static bool fill_key(void* raw, void* target) {
    auto& context = *static_cast<MapContext*>(raw);
    context.decoder.enter(context.key);
    context.decoder.enter("[key]");
    const OrderedScope ordered(context.decoder, true);
    const bool whole = context.decoder.decode(context.key_type, nullptr, context.key, target);
    context.decoder.leave();
    context.decoder.leave();
    return whole;
  }
  static bool fill_value(void* raw, void* target) {
    auto& context = *static_cast<MapContext*>(raw);
    context.decoder.enter(context.key);
    const bool whole = context.decoder.decode_value(context.value_type, nullptr, context.mode, context.value, target);
    context.decoder.leave();
    return whole;
  }
};

bool Decoder::decode_map(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out) {
  if (!value.is_object())
    return report({.type = "dict_type", .msg = "Input should be a valid dictionary"}, input_of(value)), false;
  std::vector<JsonMember> members;
  append_members(members, value);
  const MapOps& ops = *type.ops.map;
  ops.clear(out);
  bool whole = true;
  std::string scratch;
  for (const JsonMember& member : members) {
    MapContext context{.decoder = *this,
                       .key_type = *type.key,
                       .value_type = *type.element,
                       .mode = mode,
                       .key = member.key.string(scratch),
                       .value = member.value};
    whole = ops.add(out, &context, MapContext::fill_key, MapContext::fill_value) && whole;
  }
  const std::size_t size = ops.size(out);
  return whole && check_items(type, rules, size, value, check_max_items) &&
         check_items(type, rules, size, value, check_min_items);
}

}  // namespace serval::detail
