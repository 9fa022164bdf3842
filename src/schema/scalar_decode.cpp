// SPDX-License-Identifier: MIT
#include "schema/scalar_decode.hpp"

#include <serval/base/json_escape.hpp>
#include <serval/types/datetime.hpp>
#include <serval/types/uuid.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>

#include "json/writer.hpp"
#include "schema/scalar_fit.hpp"
#include "schema/text_ops.hpp"
#include "types/scalar_bool.hpp"
#include "types/scalar_datetime.hpp"
#include "types/scalar_duration.hpp"
#include "types/scalar_float.hpp"
#include "types/scalar_integer.hpp"
#include "types/scalar_uuid.hpp"

namespace serval::detail {

namespace {

// If a value does not fit, `out` gets the nearest value that does, so that the rules can check it.
template <class T>
bool store_as(const Integer& value, void* out) {
  const auto fitting = value.as<T>();
  *static_cast<T*>(out) =
      fitting.value_or(value.negative ? std::numeric_limits<T>::min() : std::numeric_limits<T>::max());
  return fitting.has_value();
}

bool store_integer(const Type& type, const Integer& value, void* out) {
  switch (type.bytes) {
    case 1:
      return type.is_signed ? store_as<std::int8_t>(value, out) : store_as<std::uint8_t>(value, out);
    case 2:
      return type.is_signed ? store_as<std::int16_t>(value, out) : store_as<std::uint16_t>(value, out);
    case 4:
      return type.is_signed ? store_as<std::int32_t>(value, out) : store_as<std::uint32_t>(value, out);
    default:
      return type.is_signed ? store_as<std::int64_t>(value, out) : store_as<std::uint64_t>(value, out);
  }
}

// Integers of FastAPI's contract have no bounds, those of C++ do: the exceeded bound is reported as if it were a rule.
Fault fault_out_of_range(const Type& type, const Integer& value) {
  std::string bound;
  if (value.negative) {
    if (type.is_signed)
      append_int(bound, std::int64_t{-1} << (type.bytes * 8 - 1));
    else
      bound = "0";
    return {.type = "greater_than_equal",
            .msg = "Input should be greater than or equal to " + bound,
            .ctx = "{\"ge\":" + bound + "}"};
  }
  append_uint(bound, ~std::uint64_t{0} >> (64 - type.bytes * 8 + (type.is_signed ? 1 : 0)));
  return {.type = "less_than_equal",
          .msg = "Input should be less than or equal to " + bound,
          .ctx = "{\"le\":" + bound + "}"};
}

bool take_integer(const Type& type, const Integer& value, void* out, Fault& fault) {
  return store_integer(type, value, out) || refuse(fault, fault_out_of_range(type, value));
}

// A finite number that a float cannot hold is refused, like an integer: 1e400 for a double is also an infinity in
// Python, but Python has no float type of this size.
Fault fault_beyond_float() {
  std::string msg = "Input should be a finite number between -";
  std::string highest;
  static_cast<void>(append_float(highest, std::numeric_limits<float>::max(), FloatStyle::python));
  return {.type = "finite_number", .msg = msg + highest + " and " + highest};
}

// `is_literal`: the number was written in digits, so that an infinity means overflow.
bool take_number(const Type& type, double value, bool is_literal, void* out, Fault& fault) {
  if (type.bytes != 4) {
    *static_cast<double*>(out) = value;
    return true;
  }
  constexpr float highest = std::numeric_limits<float>::max();
  constexpr double first_beyond = 0x1.ffffffp127;  // half a step above `highest`: a number below it is rounded down
  const double magnitude = std::fabs(value);
  if (magnitude >= first_beyond && (is_literal || !std::isinf(value))) return refuse(fault, fault_beyond_float());
  *static_cast<float*>(out) = magnitude > highest && !std::isinf(value)
                                  ? std::copysign(highest, static_cast<float>(value < 0 ? -1 : 1))
                                  : static_cast<float>(value);
  return true;
}

bool has_digit(std::string_view text) noexcept { return text.find_first_of("0123456789") != std::string_view::npos; }

void append_python_repr(std::string& out, std::string_view text) {
  const char quote = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos ? '"' : '\'';
  out += quote;
  for (char c : text) {
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  out += quote;
}

Fault fault_expected(std::string_view type_name, const Type& type) {
  std::string expected;
  append_choices(expected, type, ", ", " or ");
  std::string ctx = "{\"expected\":";
  append_json_string(ctx, expected);
  ctx += '}';
  return {.type = type_name, .msg = "Input should be " + expected, .ctx = std::move(ctx)};
}

void store_enumerator(const Type& type, std::int64_t value, void* out) {
  switch (type.bytes) {
    case 1:
      *static_cast<std::uint8_t*>(out) = static_cast<std::uint8_t>(value);
      break;
    case 2:
      *static_cast<std::uint16_t*>(out) = static_cast<std::uint16_t>(value);
      break;
    case 4:
      *static_cast<std::uint32_t*>(out) = static_cast<std::uint32_t>(value);
      break;
    default:
      *static_cast<std::uint64_t*>(out) = static_cast<std::uint64_t>(value);
      break;
  }
}

bool take_enumerator(const Type& type, std::string_view text, void* out, Fault& fault) {
  const EnumerationOps& ops = *type.ops.enumeration;
  for (std::size_t i = 0; i < ops.count; ++i) {
    if (ops.enumerators[i].name == text) {
      store_enumerator(type, ops.enumerators[i].value, out);
      return true;
    }
  }
  return refuse(fault, fault_expected("enum", type));
}

bool take_literal_text(const Type& type, std::string_view text, void* out, Fault& fault) {
  const LiteralOps& ops = *type.ops.literal;
  for (std::size_t i = 0; i < ops.count; ++i) {
    if (ops.values[i].kind == ArgValue::text && ops.values[i].text == text) {
      ops.store(out, i);
      return true;
    }
  }
  return refuse(fault, fault_expected("literal_error", type));
}

std::optional<std::int64_t> literal_integer(JsonValue value) {
  if (value.is_bool()) return value.kind() == JsonValue::Kind::true_ ? 1 : 0;
  Integer integer;
  Fault ignored;
  if (value.is_integer() && parse_integer(value.raw(), integer, ignored)) return integer.as<std::int64_t>();
  if (value.is_real() && integer_from_double(value.number(), integer, ignored)) return integer.as<std::int64_t>();
  return std::nullopt;
}

template <class C>
bool take_canonical(const Type& type, bool parsed, const C& canonical, void* out, Fault& fault) {
  if (!parsed) return false;
  const Fit fit = type.ops.scalar->store(out, &canonical);
  return fit == Fit::fits || refuse(fault, fault_unfit(type, fit));
}

bool integer_from_json(const Type& type, JsonValue value, Mode mode, void* out, Fault& fault) {
  Integer integer;
  if (value.is_integer()) {
    return parse_integer(value.raw(), integer, fault) && take_integer(type, integer, out, fault);
  }
  if (mode == Mode::strict || value.is_null() || value.is_array() || value.is_object())
    return refuse(fault, fault_int_type());
  if (value.is_bool())
    return take_integer(type, Integer::of(value.kind() == JsonValue::Kind::true_ ? 1 : 0), out, fault);
  return integer_from_double(value.number(), integer, fault) && take_integer(type, integer, out, fault);
}

bool number_from_json(const Type& type, JsonValue value, Mode mode, void* out, Fault& fault) {
  if (value.is_number()) return take_number(type, value.number(), true, out, fault);
  if (value.is_bool() && mode == Mode::lax)
    return take_number(type, value.kind() == JsonValue::Kind::true_ ? 1.0 : 0.0, true, out, fault);
  return refuse(fault, fault_float_type());
}

bool boolean_from_json(JsonValue value, Mode mode, void* out, Fault& fault) {
  bool& target = *static_cast<bool*>(out);
  if (value.is_bool()) {
    target = value.kind() == JsonValue::Kind::true_;
    return true;
  }
  if (mode == Mode::strict || !value.is_number()) return refuse(fault, fault_bool_type());
  if (value.is_real()) return bool_from_double(value.number(), target, fault);
  Integer integer;
  return parse_integer(value.raw(), integer, fault) && bool_from_integer(integer, target, fault);
}

// Integers are handled separately, since a double cannot hold all of them.
template <class C, class FromInteger, class FromDouble>
bool chrono_from_json(const Type& type, JsonValue value, FromInteger from_integer, FromDouble from_double, void* out,
                      Fault& fault) {
  C canonical{};
  if (value.is_real())
    return take_canonical(type, from_double(value.number(), canonical, fault), canonical, out, fault);
  Integer integer;
  return take_canonical(type, parse_integer(value.raw(), integer, fault) && from_integer(integer, canonical, fault),
                        canonical, out, fault);
}

bool chrono_from_number(const Type& type, JsonValue value, void* out, Fault& fault) {
  if (type.kind == Kind::datetime)
    return chrono_from_json<DateTime>(type, value, datetime_from_integer, datetime_from_double, out, fault);
  if (type.kind == Kind::date)
    return chrono_from_json<std::chrono::year_month_day>(type, value, date_from_integer, date_from_double, out, fault);
  if (type.kind == Kind::time)
    return chrono_from_json<TimeOfDay>(type, value, time_from_integer, time_from_double, out, fault);
  return chrono_from_json<std::chrono::microseconds>(type, value, duration_from_integer, duration_from_double, out,
                                                     fault);
}

Fault fault_wrong_type(const Type& type) {
  switch (type.kind) {
    case Kind::datetime:
      return fault_datetime_type();
    case Kind::date:
      return fault_date_type();
    case Kind::time:
      return fault_time_type();
    case Kind::duration:
      return fault_time_delta_type();
    case Kind::text:
      return type.ops.text->wrong_type();
    case Kind::uuid:
      return fault_uuid_type();
    case Kind::enumeration:
      return fault_expected("enum", type);
    case Kind::literal:
      return fault_expected("literal_error", type);
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::string:
    case Kind::json:
    case Kind::optional:
    case Kind::list:
    case Kind::set:
    case Kind::map:
    case Kind::tuple:
    case Kind::variant:
    case Kind::model:
    case Kind::partial:
    case Kind::custom:
    case Kind::upload:
      break;
  }
  return fault_string_type();
}

// Pydantic's strict mode still reads dates and UUIDs from JSON strings, since JSON has no type for them.
bool is_text_in_json(Kind kind) { return kind != Kind::boolean && kind != Kind::integer && kind != Kind::number; }

}  // namespace

bool is_scalar(Kind kind) noexcept { return kind <= Kind::duration; }

std::size_t find_literal(const Type& type, JsonValue value) {
  const LiteralOps& ops = *type.ops.literal;
  const auto number = literal_integer(value);
  for (std::size_t i = 0; i < ops.count; ++i) {
    const RuleValue& literal = ops.values[i];
    if (literal.kind == ArgValue::text ? value.equals(literal.text) : number == literal.bits) return i;
  }
  return ops.count;
}

void append_choices(std::string& out, const Type& type, std::string_view separator, std::string_view last) {
  const bool literal = type.kind == Kind::literal;
  const std::size_t count = literal ? type.ops.literal->count : type.ops.enumeration->count;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += i + 1 == count ? last : separator;
    if (!literal)
      append_python_repr(out, type.ops.enumeration->enumerators[i].name);
    else if (type.ops.literal->values[i].kind == ArgValue::text)
      append_python_repr(out, type.ops.literal->values[i].text);
    else
      append_int(out, type.ops.literal->values[i].bits);
  }
}

bool scalar_from_text(const Type& type, std::string_view text, void* out, Fault& fault) {
  switch (type.kind) {
    case Kind::string:
      if (type.read_only) throw std::logic_error("a std::string_view cannot be read: make the member a std::string");
      static_cast<std::string*>(out)->assign(text);
      return true;
    case Kind::integer: {
      Integer integer;
      return parse_integer(text, integer, fault) && take_integer(type, integer, out, fault);
    }
    case Kind::number: {
      double number = 0;
      return parse_float(text, number, fault) && take_number(type, number, has_digit(text), out, fault);
    }
    case Kind::boolean:
      return parse_bool(text, *static_cast<bool*>(out), fault);
    case Kind::enumeration:
      return take_enumerator(type, text, out, fault);
    case Kind::literal:
      return take_literal_text(type, text, out, fault);
    case Kind::text:
      return type.ops.text->parse(text, out, fault);
    case Kind::uuid:
      return parse_uuid(text, *static_cast<Uuid*>(out), fault);
    case Kind::datetime: {
      DateTime moment;
      return take_canonical(type, parse_datetime(text, moment, fault), moment, out, fault);
    }
    case Kind::date: {
      std::chrono::year_month_day date;
      return take_canonical(type, parse_date(text, date, fault), date, out, fault);
    }
    case Kind::time: {
      TimeOfDay time;
      return take_canonical(type, parse_time(text, time, fault), time, out, fault);
    }
    case Kind::duration: {
      std::chrono::microseconds duration{};
      return take_canonical(type, parse_duration(text, duration, fault), duration, out, fault);
    }
    case Kind::json:
    case Kind::optional:
    case Kind::list:
    case Kind::set:
    case Kind::map:
    case Kind::tuple:
    case Kind::variant:
    case Kind::model:
    case Kind::partial:
    case Kind::custom:
    case Kind::upload:
      break;
  }
  return false;
}

bool scalar_from_json(const Type& type, JsonValue value, Mode mode, void* out, Fault& fault) {
  if (value.is_string() && (mode == Mode::lax || is_text_in_json(type.kind))) {
    std::string scratch;
    return scalar_from_text(type, value.string(scratch), out, fault);
  }
  switch (type.kind) {
    case Kind::integer:
      return integer_from_json(type, value, mode, out, fault);
    case Kind::number:
      return number_from_json(type, value, mode, out, fault);
    case Kind::boolean:
      return boolean_from_json(value, mode, out, fault);
    case Kind::literal:
      if (const std::size_t index = find_literal(type, value); index < type.ops.literal->count)
        return type.ops.literal->store(out, index), true;
      break;
    case Kind::text:
      if (type.ops.text->from_json != nullptr) return type.ops.text->from_json(value, out, fault);
      break;
    case Kind::datetime:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
      if (value.is_number() && mode == Mode::lax) return chrono_from_number(type, value, out, fault);
      break;
    case Kind::string:
    case Kind::enumeration:
    case Kind::uuid:
    case Kind::json:
    case Kind::optional:
    case Kind::list:
    case Kind::set:
    case Kind::map:
    case Kind::tuple:
    case Kind::variant:
    case Kind::model:
    case Kind::partial:
    case Kind::custom:
    case Kind::upload:
      break;
  }
  return refuse(fault, fault_wrong_type(type));
}

}  // namespace serval::detail
