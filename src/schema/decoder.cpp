// SPDX-License-Identifier: MIT
#include "schema/decoder.hpp"

#include <cmath>

#include <serval/base/json_escape.hpp>

#include "json/compact.hpp"
#include "json/convert.hpp"
#include "schema/constraints.hpp"
#include "schema/ruled_type.hpp"

namespace serval::detail {

std::string input_of(JsonValue value) {
  std::string out;
  append_compact(out, value);
  return out;
}

std::string input_of(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string input_of(std::span<const std::string_view> texts) {
  std::string all = "[";
  for (std::string_view text : texts) {
    if (all.size() > 1) all += ',';
    append_json_string(all, text);
  }
  return all + ']';
}

Fault fault_value_error(std::string_view text) {
  return {.type = "value_error", .msg = "Value error, " + std::string(text), .ctx = "{\"error\":{}}"};
}

void Decoder::report(Fault fault, std::string input) {
  if (issues_->size() >= max_issues) return;
  if (shown_bytes_ != 0 && shown_bytes_ + input.size() > max_shown_input_bytes) input = "null";
  shown_bytes_ += input.size();
  schema::Issue issue;
  issue.type = fault.type;
  issue.msg = std::move(fault.msg);
  issue.input = std::move(input);
  issue.ctx = std::move(fault.ctx);
  issue.loc.reserve(place_.size());
  for (const Step& step : place_) {
    if (step.index < 0)
      issue.loc.emplace_back(std::string(step.name));
    else
      issue.loc.emplace_back(step.index);
  }
  issues_->push_back(std::move(issue));
}

void Decoder::report_missing(std::string input) {
  report({.type = "missing", .msg = "Field required"}, std::move(input));
}

bool Decoder::decode(const Type& type, const Rules* rules, JsonValue value, void* out) {
  return decode_value(type, rules, Mode::lax, value, out);
}

namespace {

bool has_two_rules(const Type& type, const Rules* rules) {
  return rules != nullptr && type.rules != nullptr && rules != type.rules;
}

bool is_nan(const Type& type, const void* value) noexcept {
  if (type.kind != Kind::number) return false;
  return type.bytes == 4 ? std::isnan(*static_cast<const float*>(value))
                         : std::isnan(*static_cast<const double*>(value));
}

// In FastAPI's contract only rules limit integers: if an integer is too large for C++, `out` has the nearest value that
// fits, and if the rules refuse that value, their fault is reported.
void prefer_fault_of_rules(const Type& type, const Rules* rules, const void* out, Fault& fault) {
  if (rules == nullptr || type.kind != Kind::integer) return;
  if (fault.type != "less_than_equal" && fault.type != "greater_than_equal") return;
  Rules bounds = *rules;
  bounds.multiple_of = {};  // does not apply to the nearest value
  Fault of_rules;
  if (!check_scalar(type, bounds, out, of_rules)) fault = std::move(of_rules);
}

// For kinds that cannot be read from a text.
Fault fault_no_text(Kind kind) {
  if (kind == Kind::list) return {.type = "list_type", .msg = "Input should be a valid list"};
  if (kind == Kind::set) return {.type = "set_type", .msg = "Input should be a valid set"};
  if (kind == Kind::tuple) return {.type = "tuple_type", .msg = "Input should be a valid tuple"};
  if (kind == Kind::map) return {.type = "dict_type", .msg = "Input should be a valid dictionary"};
  return {.type = "model_attributes_type",
          .msg = "Input should be a valid dictionary or object to extract fields from"};
}

}  // namespace

bool Decoder::decode(const Type& type, const Rules* rules, std::string_view text, void* out) {
  if (has_two_rules(type, rules)) return decode(RuledType(type, *rules).type, nullptr, text, out);
  if (rules == nullptr) rules = type.rules;
  if (calls_functions(type, rules)) return decode_validated(type, *rules, text, out);
  if (type.mark_set != nullptr) type.mark_set(out);
  Fault fault;
  switch (type.kind) {
    case Kind::optional:
      return decode(*type.element, rules, text, type.ops.optional->emplace(out));
    case Kind::variant:
      return decode_variant_text(type, text, out);
    case Kind::custom:
      return decode_custom_text(type, rules, text, out);
    case Kind::upload:
      if (const void* file = files_ != nullptr ? files_->find(text) : nullptr) {
        type.ops.upload->assign(out, file);
        return true;
      }
      fault = fault_value_error("Expected UploadFile, received: <class 'str'>");
      break;
    case Kind::json: {
      json value = std::string(text);
      std::string error;
      if (type.ops.json->assign(out, &value, error)) return true;
      fault = fault_value_error(error);
      break;
    }
    case Kind::list:
    case Kind::set:
    case Kind::map:
    case Kind::tuple:
    case Kind::model:
    case Kind::partial:
      fault = fault_no_text(type.kind);
      break;
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::string:
    case Kind::enumeration:
    case Kind::literal:
    case Kind::text:
    case Kind::uuid:
    case Kind::datetime:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
      if (!scalar_from_text(type, text, out, fault))
        prefer_fault_of_rules(type, rules, out, fault);
      else if (accepts(type, rules, out, fault))
        return true;
  }
  report(std::move(fault), input_of(text));
  return false;
}

bool Decoder::accepts(const Type& type, const Rules* rules, const void* value, Fault& fault) const {
  if (is_ordered_ && is_nan(type, value)) return refuse(fault, fault_finite_number());
  return rules == nullptr || check_scalar(type, *rules, value, fault);
}

struct Decoder::ElementContext {
  Decoder& decoder;
  const Type& type;
  Mode mode;
  JsonValue value;
  std::size_t index;

  static bool fill(void* raw, void* element) {
    auto& context = *static_cast<ElementContext*>(raw);
    context.decoder.enter(context.index);
    const bool whole = context.decoder.decode_value(context.type, nullptr, context.mode, context.value, element);
    context.decoder.leave();
    return whole;
  }
};

bool Decoder::decode(const Type& type, const Rules* rules, std::span<const std::string_view> texts, void* out) {
  if (has_two_rules(type, rules)) return decode(RuledType(type, *rules).type, nullptr, texts, out);
  if (rules == nullptr) rules = type.rules;
  if (calls_functions(type, rules)) return decode_validated(type, *rules, texts, out);
  if (type.mark_set != nullptr) type.mark_set(out);
  if (type.kind == Kind::optional) return decode(*type.element, rules, texts, type.ops.optional->emplace(out));
  struct Context {
    Decoder& decoder;
    const Type& type;
    std::string_view text;
  };
  Fault fault;
  if (rules != nullptr && type.kind == Kind::list && !check_max_items(type, *rules, texts.size(), fault))
    return report(std::move(fault), input_of(texts)), false;
  if (type.ops.sequence->is_fixed()) {
    const std::size_t size = type.ops.sequence->fixed_size;
    if (texts.size() < size) return report(fault_too_short("List", size, texts.size()), input_of(texts)), false;
    if (texts.size() > size) return report(fault_too_long("List", size, texts.size()), input_of(texts)), false;
  } else {
    type.ops.sequence->clear(out);
  }
  const OrderedScope ordered(*this, type.kind == Kind::set);
  bool whole = true;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    enter(i);
    Context context{.decoder = *this, .type = *type.element, .text = texts[i]};
    if (type.ops.sequence->is_fixed()) {
      whole = decode(*type.element, nullptr, texts[i], type.ops.sequence->at(out, i)) && whole;
    } else {
      whole = type.ops.sequence->add(out, &context, [](void* raw, void* element) {
        const auto& c = *static_cast<Context*>(raw);
        return c.decoder.decode(c.type, nullptr, c.text, element);
      }) && whole;
    }
    leave();
  }
  const std::size_t size = type.ops.sequence->size(out);
  if (whole && rules != nullptr &&
      !(check_max_items(type, *rules, size, fault) && check_min_items(type, *rules, size, fault))) {
    report(std::move(fault), input_of(texts));
    return false;
  }
  return whole;
}

bool Decoder::decode_value(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out) {
  if (has_two_rules(type, rules)) return decode_value(RuledType(type, *rules).type, nullptr, mode, value, out);
  if (rules == nullptr) rules = type.rules;
  if (calls_functions(type, rules)) return decode_validated(type, *rules, mode, value, out);
  if (rules != nullptr && rules->strict) mode = Mode::strict;
  if (type.mark_set != nullptr) type.mark_set(out);
  switch (type.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::string:
    case Kind::enumeration:
    case Kind::literal:
    case Kind::text:
    case Kind::uuid:
    case Kind::datetime:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
      return decode_scalar(type, rules, mode, value, out);
    case Kind::optional:
      if (value.is_null()) return type.ops.optional->reset(out), true;
      return decode_value(*type.element, rules, mode, value, type.ops.optional->emplace(out));
    case Kind::list:
    case Kind::set:
      if (type.ops.sequence->is_fixed()) return decode_array(type, mode, value, out);
      return decode_sequence(type, rules, mode, value, out);
    case Kind::map:
      return decode_map(type, rules, mode, value, out);
    case Kind::tuple:
      return decode_tuple(type, mode, value, out);
    case Kind::model:
      return decode_model(*type.model, value, out, nullptr);
    case Kind::partial:
      return decode_model(*type.model, value, out, type.ops.partial->members(out));
    case Kind::custom:
      return decode_custom(type, rules, mode, value, out);
    case Kind::variant:
      return decode_variant(type, rules, mode, value, out);
    case Kind::upload:  // not in a form: an error at registration
      return report(fault_value_error("Expected UploadFile"), input_of(value)), false;
    case Kind::json:
      return decode_json(type, value, out);
  }
  return false;
}

bool Decoder::decode_scalar(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out) {
  Fault fault;
  if (!scalar_from_json(type, value, mode, out, fault)) {
    prefer_fault_of_rules(type, rules, out, fault);
  } else if (accepts(type, rules, out, fault)) {
    match_.limit(exactness_of(type, value));
    return true;
  }
  report(std::move(fault), input_of(value));
  return false;
}

Decoder::Match::Exactness Decoder::exactness_of(const Type& type, JsonValue value) noexcept {
  using Exactness = Match::Exactness;
  const auto is_one_of = [&](auto... kinds) { return ((type.kind == kinds) || ...); };
  if (type.kind == Kind::boolean) return value.is_bool() ? Exactness::exact : Exactness::lax;
  if (type.kind == Kind::integer) return value.is_integer() ? Exactness::exact : Exactness::lax;
  if (type.kind == Kind::number)
    return value.is_real() ? Exactness::exact : value.is_integer() ? Exactness::strict : Exactness::lax;
  if (type.kind == Kind::text) return Exactness::strict;
  if (is_one_of(Kind::datetime, Kind::date, Kind::time, Kind::duration))
    return value.is_string() ? Exactness::strict : Exactness::lax;  // a string alternative fits better
  return Exactness::exact;
}

bool Decoder::check_items(const Type& type, const Rules* rules, std::size_t count, JsonValue value,
                          bool (*check)(const Type&, const Rules&, std::size_t, Fault&)) {
  Fault fault;
  if (rules == nullptr || check(type, *rules, count, fault)) return true;
  report(std::move(fault), input_of(value));
  return false;
}

bool Decoder::decode_sequence(const Type& type, const Rules* rules, Mode mode, JsonValue value, void* out) {
  if (!value.is_array()) {
    const bool set = type.kind == Kind::set;
    report({.type = set ? "set_type" : "list_type",
            .msg = set ? "Input should be a valid set" : "Input should be a valid list"},
           input_of(value));
    return false;
  }
  const SequenceOps& ops = *type.ops.sequence;
  // The length of a list is known in advance; a set grows only with new items.
  const bool is_set = type.kind == Kind::set;
  if (!is_set && !check_items(type, rules, value.size(), value, check_max_items)) return false;
  ops.clear(out);
  const std::size_t before = issues_->size();
  const OrderedScope ordered(*this, is_set);
  ElementContext context{.decoder = *this, .type = *type.element, .mode = mode, .value = value.first(), .index = 0};
  bool whole = true;
  for (std::size_t count = value.size(); context.index < count; ++context.index) {
    if (context.index > 0) context.value = context.value.next();
    whole = ops.add(out, &context, ElementContext::fill) && whole;
    if (!is_set || check_items(type, rules, ops.size(out), value, check_max_items)) continue;
    issues_->erase(issues_->begin() + static_cast<std::ptrdiff_t>(before), issues_->end() - 1);
    return false;
  }
  return whole && check_items(type, rules, ops.size(out), value, check_min_items);
}

bool Decoder::decode_array(const Type& type, Mode mode, JsonValue value, void* out) {
  if (!value.is_array())
    return report({.type = "list_type", .msg = "Input should be a valid list"}, input_of(value)), false;
  const std::size_t size = type.ops.sequence->fixed_size;
  if (value.size() > size) return report(fault_too_long("List", size, value.size()), input_of(value)), false;
  ElementContext context{.decoder = *this, .type = *type.element, .mode = mode, .value = value.first(), .index = 0};
  bool whole = true;
  for (std::size_t count = value.size(); context.index < count; ++context.index) {
    if (context.index > 0) context.value = context.value.next();
    whole = ElementContext::fill(&context, type.ops.sequence->at(out, context.index)) && whole;
  }
  if (whole && value.size() < size) return report(fault_too_short("List", size, value.size()), input_of(value)), false;
  return whole;
}

bool Decoder::decode_tuple(const Type& type, Mode mode, JsonValue value, void* out) {
  if (!value.is_array())
    return report({.type = "tuple_type", .msg = "Input should be a valid tuple"}, input_of(value)), false;
  if (value.size() > type.part_count) {
    report(fault_too_long("Tuple", type.part_count, value.size()), input_of(value));
    return false;
  }
  bool whole = true;
  JsonValue item = value.first();
  for (std::size_t i = 0; i < type.part_count; ++i) {
    enter(i);
    if (i >= value.size()) {
      report_missing(input_of(value));
      whole = false;
    } else {
      whole = decode_value(*type.parts[i], nullptr, mode, item, type.ops.tuple->at(out, i)) && whole;
      if (i + 1 < value.size()) item = item.next();
    }
    leave();
  }
  return whole;
}

bool Decoder::decode_json(const Type& type, JsonValue value, void* out) {
  match_.limit(Match::Exactness::strict);  // in a variant, a more specific type takes precedence
  json converted = to_json_value(value);
  std::string error;
  if (type.ops.json->assign(out, &converted, error)) return true;
  report(fault_value_error(error), input_of(value));
  return false;
}

}  // namespace serval::detail
