// SPDX-License-Identifier: MIT
// Unions: by discriminator, or by trying the alternatives, the exact type first (Pydantic's "smart" mode).
#include <algorithm>

#include <serval/base/json_escape.hpp>

#include "schema/decoder.hpp"

namespace serval::detail {

namespace {

/// The literal member of a model that tells alternatives apart, null when it has none of that name.
const Type* find_tag(const Type& alternative, std::string_view discriminator) {
  if (alternative.model == nullptr) return nullptr;
  const std::size_t index = find_member(*alternative.model, discriminator, 0);
  if (index == alternative.model->member_count) return nullptr;
  const Type* type = alternative.model->members[index].type;
  return type->kind == Kind::literal || type->kind == Kind::enumeration ? type : nullptr;
}

bool takes_tag(const Type& tag, std::string_view text) {
  if (tag.kind == Kind::enumeration) return false;
  const LiteralOps& ops = *tag.ops.literal;
  return std::any_of(ops.values, ops.values + ops.count,
                     [&](const RuleValue& value) { return value.kind == ArgValue::text && value.text == text; });
}

std::string quoted_list(const Type& type, std::string_view discriminator) {
  std::string out;
  for (std::size_t i = 0; i < type.part_count; ++i) {
    const Type* tag = find_tag(*type.parts[i], discriminator);
    if (tag == nullptr || tag->kind != Kind::literal) continue;
    for (std::size_t v = 0; v < tag->ops.literal->count; ++v) {
      if (!out.empty()) out += ", ";
      out += '\'';
      out += tag->ops.literal->values[v].text;
      out += '\'';
    }
  }
  return out;
}

Fault fault_tag_not_found(std::string_view discriminator) {
  const std::string quoted = "'" + std::string(discriminator) + "'";
  std::string ctx = "{\"discriminator\":";
  append_json_string(ctx, quoted);
  return {"union_tag_not_found", "Unable to extract tag using discriminator " + quoted, ctx + '}'};
}

Fault fault_tag_invalid(const Type& type, std::string_view discriminator, std::string_view tag) {
  const std::string quoted = "'" + std::string(discriminator) + "'";
  const std::string expected = quoted_list(type, discriminator);
  std::string ctx = "{\"discriminator\":";
  append_json_string(ctx, quoted);
  ctx += ",\"tag\":";
  append_json_string(ctx, tag);
  ctx += ",\"expected_tags\":";
  append_json_string(ctx, expected);
  return {"union_tag_invalid",
          "Input tag '" + std::string(tag) + "' found using " + quoted +
              " does not match any of the expected tags: " + expected,
          ctx + '}'};
}

/// Whether a JSON value has just the type of an alternative, so that no conversion would be needed.
bool is_exact(const Type& type, JsonValue value) {
  switch (type.kind) {
    case Kind::boolean:
      return value.is_bool();
    case Kind::integer:
      return value.is_integer();
    case Kind::number:
      return value.is_real();
    case Kind::list:
    case Kind::set:
    case Kind::tuple:
      return value.is_array();
    case Kind::map:
    case Kind::model:
    case Kind::partial:
      return value.is_object();
    case Kind::optional:
      return value.is_null() || is_exact(*type.element, value);
    case Kind::json:
      return true;
    case Kind::custom:
      return is_exact(*type.ops.custom->wire, value);
    default:
      return value.is_string();
  }
}

/// How many of a model's members an object gives: among models that fit, the one with most wins.
std::size_t count_given(const Type& type, JsonValue value) {
  if (type.model == nullptr || !value.is_object()) return 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < type.model->member_count; ++i) {
    if (value.find(type.model->members[i].wire)) ++count;
  }
  return count;
}

}  // namespace

std::string type_label(const Type& type) {
  switch (type.kind) {
    case Kind::boolean:
      return "bool";
    case Kind::integer:
      return "int";
    case Kind::number:
      return "float";
    case Kind::string:
      return "str";
    case Kind::datetime:
      return "datetime";
    case Kind::date:
      return "date";
    case Kind::time:
      return "time";
    case Kind::duration:
      return "timedelta";
    case Kind::uuid:
      return "uuid";
    case Kind::literal:
      return "literal[" + expected_values(type) + "]";
    case Kind::list:
      return "list[" + type_label(*type.element) + "]";
    case Kind::set:
      return "set[" + type_label(*type.element) + "]";
    case Kind::map:
      return "dict[" + type_label(*type.key) + "," + type_label(*type.element) + "]";
    case Kind::optional:
      return "nullable[" + type_label(*type.element) + "]";
    case Kind::json:
      return "any";
    case Kind::tuple:
    case Kind::variant: {
      std::string out = type.kind == Kind::tuple ? "tuple[" : "union[";
      for (std::size_t i = 0; i < type.part_count; ++i) out += (i > 0 ? "," : "") + type_label(*type.parts[i]);
      return out + "]";
    }
    default:
      return std::string(type.name);
  }
}

bool Decoder::decode_variant(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out) {
  if (rules != nullptr && !rules->discriminator.empty()) return decode_tagged(type, rules->discriminator, value, out);
  return decode_smart(type, mode, value, out);
}

bool Decoder::decode_tagged(const Type& type, std::string_view discriminator, JsonValue value, void* out) {
  if (!value.is_object()) {
    report({"model_attributes_type", "Input should be a valid dictionary or object to extract fields from", {}},
           input_of(value));
    return false;
  }
  const auto tag_value = value.find(discriminator);
  if (!tag_value) return report(fault_tag_not_found(discriminator), input_of(value)), false;
  std::string scratch;
  const std::string tag(tag_value->is_string() ? tag_value->string(scratch) : tag_value->raw());
  for (std::size_t i = 0; i < type.part_count; ++i) {
    const Type* member = find_tag(*type.parts[i], discriminator);
    if (member == nullptr || !takes_tag(*member, tag)) continue;
    enter(tag);
    const bool whole = decode_value(*type.parts[i], nullptr, Mode::lax, value, type.ops.variant->emplace(out, i));
    leave();
    return whole;
  }
  report(fault_tag_invalid(type, discriminator, tag), input_of(value));
  return false;
}

bool Decoder::decode_smart(const Type& type, Mode mode, JsonValue value, void* out) {
  const std::size_t before = issues_->size();
  const auto attempt = [&](std::size_t i, Mode how) {
    const bool whole = decode_value(*type.parts[i], nullptr, how, value, type.ops.variant->emplace(out, i));
    if (!whole) issues_->resize(before);
    return whole;
  };
  // Exact types first; of several models that fit, the one that takes most of what was given.
  std::size_t best = type.part_count;
  std::size_t best_given = 0;
  std::size_t last = type.part_count;
  for (std::size_t i = 0; i < type.part_count; ++i) {
    if (!is_exact(*type.parts[i], value) || !attempt(i, Mode::strict)) continue;
    last = i;
    const std::size_t given = count_given(*type.parts[i], value);
    if (best == type.part_count || given > best_given) {
      best = i;
      best_given = given;
    }
  }
  if (best < type.part_count) return best == last || attempt(best, Mode::strict);
  if (mode == Mode::lax) {
    for (std::size_t i = 0; i < type.part_count; ++i) {
      if (attempt(i, Mode::lax)) return true;
    }
  }
  for (std::size_t i = 0; i < type.part_count; ++i) {
    const std::string label = type_label(*type.parts[i]);
    enter(label);
    decode_value(*type.parts[i], nullptr, mode, value, type.ops.variant->emplace(out, i));
    leave();
  }
  return false;
}

bool Decoder::decode_variant_text(const Type& type, std::string_view text, void* out) {
  const std::size_t before = issues_->size();
  // A text is a text: an alternative that takes it as it is wins over one that would convert it.
  for (std::size_t i = 0; i < type.part_count; ++i) {
    if (type.parts[i]->kind == Kind::string && decode(*type.parts[i], nullptr, text, type.ops.variant->emplace(out, i)))
      return true;
  }
  issues_->resize(before);
  for (std::size_t i = 0; i < type.part_count; ++i) {
    if (decode(*type.parts[i], nullptr, text, type.ops.variant->emplace(out, i))) return true;
    issues_->resize(before);
  }
  for (std::size_t i = 0; i < type.part_count; ++i) {
    const std::string label = type_label(*type.parts[i]);
    enter(label);
    decode(*type.parts[i], nullptr, text, type.ops.variant->emplace(out, i));
    leave();
  }
  return false;
}

}  // namespace serval::detail
