// SPDX-License-Identifier: MIT
// Unions: by discriminator, or by trying the alternatives, the exact type first (Pydantic's "smart" mode).
#include <algorithm>

#include <serval/base/json_escape.hpp>
#include <serval/schema/wrapper_type.hpp>

#include "schema/decoder.hpp"
#include "schema/text_ops.hpp"
#include "schema/type_name.hpp"
#include "schema/variant_tag.hpp"

namespace serval::detail {

namespace {

bool takes_tag(const Type& alternative, std::string_view discriminator, JsonValue tag) {
  const Type* type = find_tag(alternative, discriminator);
  return type != nullptr && find_literal(*type, tag) < type->ops.literal->count;
}

std::string expected_tags(const Type& type, std::string_view discriminator) {
  std::string out;
  for (std::size_t i = 0; i < type.part_count; ++i) {
    const Type* tag = find_tag(*type.parts[i], discriminator);
    if (tag == nullptr) continue;
    if (!out.empty()) out += ", ";
    append_choices(out, *tag, ", ", ", ");
  }
  return out;
}

// Like Python's str().
std::string tag_text(JsonValue tag) {
  std::string scratch;
  if (tag.is_string()) return std::string(tag.string(scratch));
  if (tag.is_null()) return "None";
  if (tag.is_bool()) return tag.kind() == JsonValue::Kind::true_ ? "True" : "False";
  return input_of(tag);
}

Fault fault_tag_not_found(std::string_view discriminator) {
  const std::string quoted = "'" + std::string(discriminator) + "'";
  std::string ctx = "{\"discriminator\":";
  append_json_string(ctx, quoted);
  return {
      .type = "union_tag_not_found", .msg = "Unable to extract tag using discriminator " + quoted, .ctx = ctx + '}'};
}

Fault fault_tag_invalid(const Type& type, std::string_view discriminator, std::string_view tag) {
  const std::string quoted = "'" + std::string(discriminator) + "'";
  const std::string expected = expected_tags(type, discriminator);
  std::string ctx = "{\"discriminator\":";
  append_json_string(ctx, quoted);
  ctx += ",\"tag\":";
  append_json_string(ctx, tag);
  ctx += ",\"expected_tags\":";
  append_json_string(ctx, expected);
  return {.type = "union_tag_invalid",
          .msg = "Input tag '" + std::string(tag) + "' found using " + quoted +
                 " does not match any of the expected tags: " + expected,
          .ctx = ctx + '}'};
}

}  // namespace

std::string type_label(const Type& type) {
  const std::string constrained = type.rules != nullptr && type.rules->constrains() ? "constrained-" : "";
  switch (type.kind) {
    case Kind::boolean:
      return "bool";
    case Kind::integer:
      return constrained + "int";
    case Kind::number:
      return constrained + "float";
    case Kind::string:
      return constrained + "str";
    case Kind::datetime:
      return "datetime";
    case Kind::date:
      return "date";
    case Kind::time:
      return "time";
    case Kind::duration:
      return "timedelta";
    case Kind::text:
      return std::string(type.ops.text->label);
    case Kind::uuid:
      return "uuid";
    case Kind::literal: {
      std::string out = "literal[";
      append_choices(out, type, ",", ",");
      return out + "]";
    }
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
      const bool tuple = type.kind == Kind::tuple;
      std::string out = tuple ? "tuple[" : "union[";
      for (std::size_t i = 0; i < type.part_count; ++i)
        out += (i == 0 ? "" : tuple ? ", " : ",") + type_label(*type.parts[i]);
      return out + "]";
    }
    case Kind::enumeration:
    case Kind::model:
    case Kind::partial:
    case Kind::custom:
    case Kind::upload:
      break;
  }
  return shown_name(type.name);
}

bool Decoder::decode_variant(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out) {
  const std::string_view discriminator = discriminator_of(type, rules);
  return discriminator.empty() ? decode_smart(type, mode, value, out) : decode_tagged(type, discriminator, value, out);
}

bool Decoder::decode_tagged(const Type& type, std::string_view discriminator, JsonValue value, void* out) {
  if (!value.is_object()) {
    report(
        {.type = "model_attributes_type", .msg = "Input should be a valid dictionary or object to extract fields from"},
        input_of(value));
    return false;
  }
  const auto tag = value.find(discriminator);
  if (!tag) return report(fault_tag_not_found(discriminator), input_of(value)), false;
  const std::string text = tag_text(*tag);
  for (std::size_t i = 0; i < type.part_count; ++i) {
    if (!takes_tag(*type.parts[i], discriminator, *tag)) continue;
    enter(text);
    const bool whole = decode_value(*type.parts[i], nullptr, Mode::lax, value, type.ops.variant->emplace(out, i));
    leave();
    return whole;
  }
  report(fault_tag_invalid(type, discriminator, text), input_of(value));
  return false;
}

bool Decoder::is_none(const Type& type) noexcept { return type.kind == Kind::text && type.ops.text == &none_ops; }

// Adds the alternative to the issues since `first`; it is not known yet whether they will be needed.
void Decoder::label_issues(std::size_t first, const Type& variant, const Type& alternative) {
  if (first == issues_->size()) return;
  const auto is_value = [](const Type* part) { return !is_none(*part); };
  if (std::count_if(variant.parts, variant.parts + variant.part_count, is_value) == 1) return;  // `X | None`
  const std::string label = type_label(alternative);
  for (std::size_t i = first; i < issues_->size(); ++i) {
    auto& loc = (*issues_)[i].loc;
    loc.insert(loc.begin() + static_cast<std::ptrdiff_t>(place_.size()), label);
  }
}

// Pydantic's "smart" mode: every alternative is tried once, since a model may contain itself; the one that takes most
// members of the input is chosen, then the one with the fewest conversions, then the first.
struct Decoder::SmartChoice {
  Decoder& decoder;
  const Type& type;
  Mode mode;
  JsonValue value;
  void* out;
  std::size_t next = 0;
  bool found = false;
  Match best{};

  /// Tries alternatives in `target` until one fits, and returns whether one did.
  bool find_next(void* target) {
    const VariantOps& ops = *type.ops.variant;
    for (; next < type.part_count; ++next) {
      const Type& part = *type.parts[next];
      // As with `X | None`: a value that is not null is not an error here, and the other alternatives report errors for
      // null.
      if (is_none(part) && !value.is_null()) continue;
      if (decoder.alternatives_left_ == 0) throw TooManyAlternatives();
      --decoder.alternatives_left_;
      const std::size_t before = decoder.issues_->size();
      decoder.match_ = {};
      if (decoder.decode_value(part, nullptr, mode, value, ops.emplace(target, next))) return ++next, true;
      if (found)
        decoder.issues_->resize(before);
      else
        decoder.label_issues(before, type, part);
    }
    return false;
  }

  void find_best() {
    found = find_next(out);
    best = decoder.match_;
    if (!found || best.is_perfect() || next == type.part_count) return;
    type.ops.variant->with_spare(this, [](void* raw, void* spare) {
      auto& self = *static_cast<SmartChoice*>(raw);
      while (!self.best.is_perfect() && self.find_next(spare)) {
        if (!self.decoder.match_.is_better_than(self.best)) continue;
        self.best = self.decoder.match_;
        self.type.ops.variant->move(self.out, spare);
      }
    });
  }
};

bool Decoder::decode_smart(const Type& type, Mode mode, JsonValue value, void* out) {
  const std::size_t before = issues_->size();
  const Match outer = match_;
  SmartChoice choice{.decoder = *this, .type = type, .mode = mode, .value = value, .out = out};
  choice.find_best();
  match_ = outer;
  if (!choice.found) return false;
  issues_->resize(before);
  match_.add(choice.best);
  return true;
}

bool Decoder::decode_variant_text(const Type& type, std::string_view text, void* out) {
  const VariantOps& ops = *type.ops.variant;
  const std::size_t before = issues_->size();
  // An alternative that accepts the text unchanged takes precedence over one that would convert it.
  for (std::size_t i = 0; i < type.part_count; ++i) {
    if (type.parts[i]->kind == Kind::string && decode(*type.parts[i], nullptr, text, ops.emplace(out, i))) return true;
    issues_->resize(before);
  }
  for (std::size_t i = 0; i < type.part_count; ++i) {
    if (is_none(*type.parts[i])) continue;  // a text is never null
    const std::size_t first = issues_->size();
    if (decode(*type.parts[i], nullptr, text, ops.emplace(out, i))) {
      issues_->resize(before);
      return true;
    }
    label_issues(first, type, *type.parts[i]);
  }
  return false;
}

}  // namespace serval::detail
