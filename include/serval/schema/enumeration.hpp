// SPDX-License-Identifier: MIT
// The names of an enumeration's values, taken from the compiler's function names.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/schema/reflect.hpp>
#include <serval/schema/type.hpp>

namespace serval {

/// The range of values in which enumerators are searched. Specialise it for an enumeration that needs another range:
/// `template <> inline constexpr EnumRange enum_range<Code> = {400, 600};`
struct EnumRange {
  std::int64_t first;  ///< inclusive
  std::int64_t last;   ///< inclusive
};
template <class E>
inline constexpr EnumRange enum_range = {0, 63};

/// The name of an enumerator on the wire, if it differs from its C++ name.
template <class E>
struct EnumName {
  E value;                ///< the enumerator
  std::string_view name;  ///< its name on the wire
};
template <class E>
EnumName(E, std::string_view) -> EnumName<E>;  // clang 14 deduces nothing for aggregates
/// Specialise it to name the values yourself; then only the listed ones exist on the wire. Enumerations inside class
/// templates need it, since clang does not provide their names:
/// `template <> inline constexpr std::array enum_names<Color> = {EnumName{Color::red, "RED"}, ...};`
template <class E>
inline constexpr std::array<EnumName<E>, 0> enum_names{};

namespace detail {

template <auto... Values>
constexpr std::string_view pretty_list() {
  return __PRETTY_FUNCTION__;
}

/// Values that the underlying type cannot hold are left out: they would wrap around to other values.
template <class E>
constexpr EnumRange searched_range() {
  using Limits = std::numeric_limits<std::underlying_type_t<E>>;
  // In parentheses for programs that define `min` and `max` as macros.
  constexpr auto lowest = static_cast<std::int64_t>((Limits::min)());
  constexpr auto highest =
      Limits::digits >= 63 ? (std::numeric_limits<std::int64_t>::max)() : static_cast<std::int64_t>((Limits::max)());
  return {(std::max)(enum_range<E>.first, lowest), (std::min)(enum_range<E>.last, highest)};
}

/// The enumerators of `E` in order of value. One instantiation names all candidates at once; values that are not
/// enumerators appear as casts, "(Color)7", and are left out.
template <class E>
struct EnumeratorTable {
  std::array<Enumerator, 256> entries{};
  std::size_t count = 0;

  // Not static_cast: for an enumeration without a fixed underlying type, that is undefined beyond its enumerators.
  static constexpr E candidate(std::int64_t value) {
    return std::bit_cast<E>(static_cast<std::underlying_type_t<E>>(value));
  }

  template <std::int64_t... Offsets>
  constexpr void scan(std::integer_sequence<std::int64_t, Offsets...>) {
    constexpr std::int64_t first = searched_range<E>().first;
    std::string_view text = pretty_list<candidate(first + Offsets)...>();
    text.remove_prefix(text.find("Values = ") + 10);
    ((text = take(text, first + Offsets)), ...);
  }

 private:
  constexpr std::string_view take(std::string_view text, std::int64_t value) {
    const std::size_t end = end_of_item(text);
    const std::string_view item = text.substr(0, end);
    if (!is_cast(item)) {
      const std::size_t scope = item.rfind(':');
      entries[count++] = {value, scope == std::string_view::npos ? item : item.substr(scope + 1)};
    }
    return text.substr(text[end] == ',' ? end + 2 : end);
  }
  /// Inner brackets belong to the name: "{anonymous}::Color::red", "(anonymous namespace)::Color::red".
  static constexpr std::size_t end_of_item(std::string_view text) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (depth == 0 && (c == ',' || c == '>' || c == '}' || c == ']')) return i;
      if (c == '<' || c == '(' || c == '{') ++depth;
      if (c == '>' || c == ')' || c == '}') --depth;
    }
    return text.size();
  }
  /// "(Color)7", but not "(anonymous namespace)::Color::red".
  static constexpr bool is_cast(std::string_view item) {
    if (item.front() != '(') return false;
    std::size_t depth = 0;
    std::size_t i = 0;
    do {
      if (item[i] == '(') ++depth;
      if (item[i] == ')') --depth;
      ++i;
    } while (depth > 0);
    return !item.substr(i).starts_with("::");
  }
};

template <class E>
constexpr EnumeratorTable<E> make_enumerators() {
  EnumeratorTable<E> table;
  if constexpr (enum_names<E>.size() > 0) {
    for (const auto& [value, name] : enum_names<E>)
      table.entries[table.count++] = {static_cast<std::int64_t>(value), name};
  } else {
    constexpr EnumRange range = searched_range<E>();
    static_assert(range.last - range.first < 256,
                  "serval: enum_range spans more than 256 values; list them in enum_names");
    table.scan(std::make_integer_sequence<std::int64_t, range.last - range.first + 1>{});
  }
  return table;
}

template <class E, std::size_t N>
constexpr std::array<Enumerator, N> trim(const EnumeratorTable<E>& table) {
  std::array<Enumerator, N> out{};
  for (std::size_t i = 0; i < N; ++i) out[i] = table.entries[i];
  return out;
}

template <class E>
inline constexpr auto enumerators = [] {
  constexpr auto table = make_enumerators<E>();
  static_assert(table.count > 0,
                "serval: no enumerator found between 0 and 63; specialise serval::enum_range or serval::enum_names");
  return trim<E, table.count>(table);
}();

template <class E>
inline constexpr EnumerationOps enumeration_ops{enumerators<E>.data(), enumerators<E>.size()};

}  // namespace detail
}  // namespace serval
