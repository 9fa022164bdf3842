// SPDX-License-Identifier: MIT
// Names and rules as template arguments: `Query<int, "limit", ge(1), le(100)>`. A rule (rule.hpp) is a constexpr call
// that returns an `Arg`; `Rules` (rules.hpp) collects a list of them. If a member of the struct has the name of a rule
// (`pattern`, `alias`), it hides the rule inside the struct: write `serval::pattern("...")` there.
#pragma once

#include <cstddef>
#include <cstdint>

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
  default_factory,
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

/// How the value of a `detail::Arg` is stored: a floating-point value by its bits, since clang 14 has no floating-point
/// template arguments.
enum class ArgValue : std::uint8_t { none, integer, real, boolean, enumerator, text, json };

}  // namespace detail

}  // namespace serval

namespace serval::detail {

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

}  // namespace serval::detail
