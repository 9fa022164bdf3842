// SPDX-License-Identifier: MIT
// Names and rules as template arguments: `Query<int, "limit", ge(1), le(100)>`. A rule is a constexpr call that yields
// an `Arg`; what a list of them says is collected in `Rules` (rules.hpp). Where a member of the struct is called like a
// rule (`description`, `title`) it hides the rule within the struct: write `serval::description("...")` there.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace serval {

namespace detail {

enum class ArgKind : std::uint8_t {
  name,
  gt,
  ge,
  lt,
  le,
  multiple_of,
  min_length,
  max_length,
  pattern,
  alias,
  title,
  description,
  example,
  default_value,
  discriminator,
  deprecated,
  hidden,
  strict,
  keep_underscores,
  validator,
  preparer,
  max_digits,
  decimal_places,
  past,
  future,
  aware,
  naive,
  finite,
  exclude,
  serialization_alias,
  schema_extra,
};

/// How the value of an `Arg` is kept: a floating value by its bits, as clang 14 has no floating template arguments.
enum class ArgValue : std::uint8_t { none, integer, real, boolean, enumerator, text, json };

}  // namespace detail

/// A name or a rule, as a template argument. Written as a string literal (a name) or as a call of the functions below.
template <std::size_t N>
struct Arg {
  detail::ArgKind kind = detail::ArgKind::name;
  detail::ArgValue value = detail::ArgValue::none;
  std::int64_t bits = 0;
  char text[N] = {};

  constexpr Arg(const char (&name)[N]) : value(detail::ArgValue::text) {  // implicit: a literal is a name
    for (std::size_t i = 0; i < N; ++i) text[i] = name[i];
  }
  constexpr Arg(detail::ArgKind kind_, detail::ArgValue value_, std::int64_t bits_) requires(N == 1)
      : kind(kind_), value(value_), bits(bits_) {}
  constexpr Arg(detail::ArgKind kind_, detail::ArgValue value_, const char (&text_)[N]) : kind(kind_), value(value_) {
    for (std::size_t i = 0; i < N; ++i) text[i] = text_[i];
  }
};
Arg(detail::ArgKind, detail::ArgValue, std::int64_t)->Arg<1>;

namespace detail {

template <class V>
concept RuleNumber = std::is_arithmetic_v<V> && !std::same_as<V, bool>;

template <RuleNumber V>
constexpr Arg<1> number_arg(ArgKind kind, V value) {
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
/// Least length: code points of a string, items of a list, set or map.
constexpr Arg<1> min_length(std::int64_t length) {
  return {detail::ArgKind::min_length, detail::ArgValue::integer, length};
}
/// Greatest length: code points of a string, items of a list, set or map.
constexpr Arg<1> max_length(std::int64_t length) {
  return {detail::ArgKind::max_length, detail::ArgValue::integer, length};
}
/// A regular expression that the text must match somewhere (anchor it with ^ and $). Matched in linear time.
template <std::size_t N>
constexpr Arg<N> pattern(const char (&expression)[N]) {
  return {detail::ArgKind::pattern, detail::ArgValue::text, expression};
}
/// The name on the wire, where it differs from the member's.
template <std::size_t N>
constexpr Arg<N> alias(const char (&name)[N]) {
  return {detail::ArgKind::alias, detail::ArgValue::text, name};
}
template <std::size_t N>
constexpr Arg<N> title(const char (&text)[N]) {
  return {detail::ArgKind::title, detail::ArgValue::text, text};
}
template <std::size_t N>
constexpr Arg<N> description(const char (&text)[N]) {
  return {detail::ArgKind::description, detail::ArgValue::text, text};
}
/// One example value as text; may be given several times.
template <std::size_t N>
constexpr Arg<N> example(const char (&text)[N]) {
  return {detail::ArgKind::example, detail::ArgValue::text, text};
}
template <detail::RuleNumber V>
constexpr auto example(V value) {
  return detail::number_arg(detail::ArgKind::example, value);
}
/// One example value as JSON text: a list, an object.
template <std::size_t N>
constexpr Arg<N> example_json(const char (&text)[N]) {
  return {detail::ArgKind::example, detail::ArgValue::json, text};
}
/// The value that stands in for an absent parameter.
template <std::size_t N>
constexpr Arg<N> default_to(const char (&text)[N]) {
  return {detail::ArgKind::default_value, detail::ArgValue::text, text};
}
template <detail::RuleNumber V>
constexpr auto default_to(V value) {
  return detail::number_arg(detail::ArgKind::default_value, value);
}
template <std::same_as<bool> V>
constexpr Arg<1> default_to(V value) {
  return {detail::ArgKind::default_value, detail::ArgValue::boolean, value ? 1 : 0};
}
template <class E>
requires std::is_enum_v<E>
constexpr Arg<1> default_to(E value) {
  return {detail::ArgKind::default_value, detail::ArgValue::enumerator, static_cast<std::int64_t>(value)};
}
/// As `default_to`, for lists and objects: `default_json("[\"a\",\"b\"]")`.
template <std::size_t N>
constexpr Arg<N> default_json(const char (&text)[N]) {
  return {detail::ArgKind::default_value, detail::ArgValue::json, text};
}
/// Names the member that tells the alternatives of a variant apart.
template <std::size_t N>
constexpr Arg<N> discriminator(const char (&name)[N]) {
  return {detail::ArgKind::discriminator, detail::ArgValue::text, name};
}

/// Marked as deprecated in the document; works as before.
inline constexpr Arg<1> deprecated{detail::ArgKind::deprecated, detail::ArgValue::none, 0};
/// Left out of the document; works as before.
inline constexpr Arg<1> hidden{detail::ArgKind::hidden, detail::ArgValue::none, 0};
/// Takes no conversion: the JSON type must be the declared one.
inline constexpr Arg<1> strict{detail::ArgKind::strict, detail::ArgValue::none, 0};
/// A header whose name keeps its underscores.
inline constexpr Arg<1> keep_underscores{detail::ArgKind::keep_underscores, detail::ArgValue::none, 0};

}  // namespace serval
