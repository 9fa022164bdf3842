// SPDX-License-Identifier: MIT
// The rules for parameters and fields.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <serval/schema/arg.hpp>

namespace serval {

namespace detail {

template <class V>
concept RuleNumber = std::is_arithmetic_v<V> && !std::same_as<V, bool>;

template <RuleNumber V>
constexpr detail::Arg<1> number_arg(ArgKind kind, V value) {
  if constexpr (std::floating_point<V>) {
    return {kind, ArgValue::real, std::bit_cast<std::int64_t>(static_cast<double>(value))};
  } else {
    // Thrown in a constant expression only: the compiler shows this line.
    if (!std::in_range<std::int64_t>(value)) throw "serval: a rule's number must fit std::int64_t";
    return {kind, ArgValue::integer, static_cast<std::int64_t>(value)};
  }
}

}  // namespace detail

/// Greater than: `exclusiveMinimum`; error `greater_than`.
template <detail::RuleNumber V>
constexpr auto gt(V bound) {
  return detail::number_arg(detail::ArgKind::gt, bound);
}
/// Greater than or equal: `minimum`; error `greater_than_equal`.
template <detail::RuleNumber V>
constexpr auto ge(V bound) {
  return detail::number_arg(detail::ArgKind::ge, bound);
}
/// Less than: `exclusiveMaximum`; error `less_than`.
template <detail::RuleNumber V>
constexpr auto lt(V bound) {
  return detail::number_arg(detail::ArgKind::lt, bound);
}
/// Less than or equal: `maximum`; error `less_than_equal`.
template <detail::RuleNumber V>
constexpr auto le(V bound) {
  return detail::number_arg(detail::ArgKind::le, bound);
}
/// `multipleOf`; error `multiple_of`. The factor must be positive.
template <detail::RuleNumber V>
constexpr auto multiple_of(V factor) {
  return detail::number_arg(detail::ArgKind::multiple_of, factor);
}
/// The smallest length: code points of a string, items of a list, set or map.
constexpr detail::Arg<1> min_length(std::int64_t length) {
  return {detail::ArgKind::min_length, detail::ArgValue::integer, length};
}
/// The greatest length: code points of a string, items of a list, set or map.
constexpr detail::Arg<1> max_length(std::int64_t length) {
  return {detail::ArgKind::max_length, detail::ArgValue::integer, length};
}
/// A regular expression that the text must match somewhere (anchor it with ^ and $). Matched in linear time.
template <std::size_t N>
constexpr detail::Arg<N> pattern(const char (&expression)[N]) {
  return {detail::ArgKind::pattern, detail::ArgValue::text, expression};
}
/// The name on the wire, if it differs from the member's.
template <std::size_t N>
constexpr detail::Arg<N> alias(const char (&name)[N]) {
  return {detail::ArgKind::alias, detail::ArgValue::text, name};
}

}  // namespace serval

namespace serval::schema {
/// The title in the schema.
template <std::size_t N>
constexpr detail::Arg<N> title(const char (&text)[N]) {
  return {detail::ArgKind::title, detail::ArgValue::text, text};
}
/// The description of a parameter, or of a member in the schema, for the document.
template <std::size_t N>
constexpr detail::Arg<N> description(const char (&text)[N]) {
  return {detail::ArgKind::description, detail::ArgValue::text, text};
}
/// One example value as text; may be given several times.
template <std::size_t N>
constexpr detail::Arg<N> example(const char (&text)[N]) {
  return {detail::ArgKind::example, detail::ArgValue::text, text};
}
template <detail::RuleNumber V>
constexpr auto example(V value) {
  return detail::number_arg(detail::ArgKind::example, value);
}
/// One example value as JSON text: a list, an object.
template <std::size_t N>
constexpr detail::Arg<N> example_json(const char (&text)[N]) {
  return {detail::ArgKind::example, detail::ArgValue::json, text};
}

}  // namespace serval::schema

namespace serval {
/// The value of an absent parameter.
template <std::size_t N>
constexpr detail::Arg<N> default_to(const char (&text)[N]) {
  return {detail::ArgKind::default_value, detail::ArgValue::text, text};
}
template <detail::RuleNumber V>
constexpr auto default_to(V value) {
  return detail::number_arg(detail::ArgKind::default_value, value);
}
template <std::same_as<bool> V>
constexpr detail::Arg<1> default_to(V value) {
  return {detail::ArgKind::default_value, detail::ArgValue::boolean, value ? 1 : 0};
}
template <class E>
requires std::is_enum_v<E>
constexpr detail::Arg<1> default_to(E value) {
  return {detail::ArgKind::default_value, detail::ArgValue::enumerator, static_cast<std::int64_t>(value)};
}
/// As `default_to`, for lists and objects: `default_json("[\"a\",\"b\"]")`.
template <std::size_t N>
constexpr detail::Arg<N> default_json(const char (&text)[N]) {
  return {detail::ArgKind::default_value, detail::ArgValue::json, text};
}
/// Names the member that distinguishes the alternatives of a variant.
template <std::size_t N>
constexpr detail::Arg<N> discriminator(const char (&name)[N]) {
  return {detail::ArgKind::discriminator, detail::ArgValue::text, name};
}

/// The name in responses, if it differs from that in requests.
template <std::size_t N>
constexpr detail::Arg<N> serialization_alias(const char (&name)[N]) {
  return {detail::ArgKind::serialization_alias, detail::ArgValue::text, name};
}

}  // namespace serval

namespace serval::schema {
/// JSON text of an object whose members are merged into the schema.
template <std::size_t N>
constexpr detail::Arg<N> json_schema_extra(const char (&text)[N]) {
  return {detail::ArgKind::schema_extra, detail::ArgValue::json, text};
}

}  // namespace serval::schema

namespace serval {
/// The greatest number of digits of a Decimal; error `decimal_max_digits`.
constexpr detail::Arg<1> max_digits(std::int64_t count) {
  return {detail::ArgKind::max_digits, detail::ArgValue::integer, count};
}
/// The greatest number of digits of a Decimal after the point; error `decimal_max_places`.
constexpr detail::Arg<1> decimal_places(std::int64_t count) {
  return {detail::ArgKind::decimal_places, detail::ArgValue::integer, count};
}

/// A date before today (UTC) or a time before now; error `date_past`, `datetime_past`.
inline constexpr detail::Arg<1> past{detail::ArgKind::past, detail::ArgValue::none, 0};
/// A date after today (UTC) or a time after now; error `date_future`, `datetime_future`.
inline constexpr detail::Arg<1> future{detail::ArgKind::future, detail::ArgValue::none, 0};
/// A DateTime with a UTC offset; error `timezone_aware`.
inline constexpr detail::Arg<1> aware{detail::ArgKind::aware, detail::ArgValue::none, 0};
/// A DateTime without a UTC offset; error `timezone_naive`.
inline constexpr detail::Arg<1> naive{detail::ArgKind::naive, detail::ArgValue::none, 0};
/// A floating-point number that is neither NaN nor infinite; error `finite_number`.
inline constexpr detail::Arg<1> finite_number{detail::ArgKind::finite, detail::ArgValue::none, 0};
/// The member is read from requests and left out of responses.
inline constexpr detail::Arg<1> exclude{detail::ArgKind::exclude, detail::ArgValue::none, 0};

}  // namespace serval

namespace serval::schema {
/// Marks it as deprecated in the document; it works as before.
inline constexpr detail::Arg<1> deprecated{detail::ArgKind::deprecated, detail::ArgValue::none, 0};
/// Leaves it out of the document; it works as before.
inline constexpr detail::Arg<1> hidden{detail::ArgKind::hidden, detail::ArgValue::none, 0};

}  // namespace serval::schema

namespace serval {
/// Allows no conversion: the JSON type must be the declared one.
inline constexpr detail::Arg<1> strict{detail::ArgKind::strict, detail::ArgValue::none, 0};
/// The name of a header keeps its underscores: after a parameter, a member, or a struct for all of its members.
inline constexpr detail::Arg<1> keep_underscores{detail::ArgKind::keep_underscores, detail::ArgValue::none, 0};

}  // namespace serval
