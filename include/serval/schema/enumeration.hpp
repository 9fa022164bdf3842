// SPDX-License-Identifier: MIT
// The names of an enumeration's values, read from the compiler's own words for them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/schema/reflect.hpp>
#include <serval/schema/type.hpp>

namespace serval {

/// The range of values among which enumerators are looked for. Specialise it for an enumeration that needs another:
/// `template <> inline constexpr EnumRange enum_range<Code> = {400, 600};`
struct EnumRange {
  std::int64_t first;
  std::int64_t last;  ///< inclusive
};
template <class E>
inline constexpr EnumRange enum_range = {0, 63};

/// What an enumerator is called on the wire, where it is not its name in C++.
template <class E>
struct EnumName {
  E value;
  std::string_view name;
};
/// Specialise it to name the values yourself; only those listed exist on the wire then:
/// `template <> inline constexpr std::array enum_names<Color> = {EnumName{Color::red, "RED"}, ...};`
template <class E>
inline constexpr std::array<EnumName<E>, 0> enum_names{};

namespace detail {

template <auto... Values>
constexpr std::string_view pretty_list() {
  return __PRETTY_FUNCTION__;
}

/// The enumerators of `E` in order of value. One instantiation names all candidates at once; those that are no
/// enumerators appear as casts, "(Color)7", and are left out.
template <class E>
struct EnumeratorTable {
  std::array<Enumerator, 256> entries{};
  std::size_t count = 0;

  template <std::int64_t... Offsets>
  constexpr void scan(std::integer_sequence<std::int64_t, Offsets...>) {
    constexpr std::int64_t first = enum_range<E>.first;
    std::string_view text = pretty_list<static_cast<E>(first + Offsets)...>();
    text.remove_prefix(text.find("Values = ") + 10);
    ((text = take(text, first + Offsets)), ...);
  }

 private:
  constexpr std::string_view take(std::string_view text, std::int64_t value) {
    const std::size_t end = text.find_first_of(",>}]");
    const std::string_view item = text.substr(0, end);
    if (item.front() != '(') {
      const std::size_t scope = item.rfind(':');
      entries[count++] = {value, scope == std::string_view::npos ? item : item.substr(scope + 1)};
    }
    return text.substr(text[end] == ',' ? end + 2 : end);
  }
};

template <class E>
constexpr EnumeratorTable<E> make_enumerators() {
  EnumeratorTable<E> table;
  if constexpr (enum_names<E>.size() > 0) {
    for (const auto& [value, name] : enum_names<E>)
      table.entries[table.count++] = {static_cast<std::int64_t>(value), name};
  } else {
    constexpr EnumRange range = enum_range<E>;
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
