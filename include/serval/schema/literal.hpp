// SPDX-License-Identifier: MIT
// `Literal<"cat", "dog">`: a member that accepts only one of a few fixed values.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <serval/schema/rules.hpp>

namespace serval {

namespace detail {
struct LiteralAccess;

template <std::size_t N>
struct LiteralArg {
  ArgValue kind;
  std::int64_t bits = 0;
  char text[N] = {};
  constexpr LiteralArg(const char (&literal)[N]) : kind(ArgValue::text) {  // implicit: acts as the text
    for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
  }
  template <std::integral V>
  requires(N == 1) constexpr LiteralArg(V value)
      : kind(ArgValue::integer), bits(static_cast<std::int64_t>(value)) {}  // implicit: the value
};
template <std::integral V>
LiteralArg(V) -> LiteralArg<1>;

template <LiteralArg... Values>
inline constexpr std::array<RuleValue, sizeof...(Values)> literal_values{
    RuleValue{Values.kind, Values.bits, std::string_view(Values.text, sizeof(Values.text) - 1)}...};
}  // namespace detail

/// One of the listed texts or integers; the first one by default. Error: `literal_error`.
/// Compares with the texts: `if (pet.kind == "cat")`.
template <detail::LiteralArg... Values>
class Literal {
  static_assert(sizeof...(Values) > 0 && sizeof...(Values) < 256, "serval: a Literal needs between 1 and 255 values");

 public:
  constexpr Literal() = default;
  /// Errors: a text that is not one of the values is a compile error or, at run time, throws std::invalid_argument.
  constexpr Literal(std::string_view text) : index_(find(text)) {}  // implicit: acts as the value
  template <std::size_t N>
  constexpr Literal(const char (&text)[N]) : Literal(std::string_view(text, N - 1)) {}

  /// Position of the value in the list.
  [[nodiscard]] constexpr std::size_t index() const noexcept { return index_; }
  /// The text; empty for an integer.
  [[nodiscard]] constexpr std::string_view text() const noexcept {
    return detail::literal_values<Values...>[index_].text;
  }
  /// The integer; 0 for a text.
  [[nodiscard]] constexpr std::int64_t integer() const noexcept {
    return detail::literal_values<Values...>[index_].bits;
  }
  constexpr operator std::string_view() const noexcept { return text(); }
  friend constexpr bool operator==(const Literal&, const Literal&) = default;
  /// A template, so that a string literal is not first converted to a `Literal`.
  template <std::convertible_to<std::string_view> S>
  requires(!std::same_as<S, Literal>) friend constexpr bool operator==(const Literal& a, const S& b) noexcept {
    return a.text() == std::string_view(b);
  }

 private:
  friend struct detail::LiteralAccess;
  static constexpr std::uint8_t find(std::string_view text) {
    for (std::size_t i = 0; i < sizeof...(Values); ++i) {
      const detail::RuleValue& value = detail::literal_values<Values...>[i];
      if (value.kind == detail::ArgValue::text && value.text == text) return static_cast<std::uint8_t>(i);
    }
    throw std::invalid_argument("'" + std::string(text) + "' is none of the literal's values");
  }
  std::uint8_t index_ = 0;
};

namespace detail {
struct LiteralAccess {
  template <class L>
  static void set(L& literal, std::size_t index) {
    literal.index_ = static_cast<std::uint8_t>(index);
  }
};
}  // namespace detail

}  // namespace serval
