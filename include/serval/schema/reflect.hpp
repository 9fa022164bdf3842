// SPDX-License-Identifier: MIT
// Reflection without macros: the members of an aggregate, their names, the names of enumerators. Everything here is
// evaluated by the compiler; how many members there are by trial, what they are called by the compiler's own words.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/schema/field.hpp>
#include <serval/schema/members.hpp>

namespace serval::detail {

/// An object of `T` that is never made: only the addresses of its members are used, as constants.
template <class T>
union Ghost {
  char none;
  T object;
  constexpr Ghost() : none{} {}
  constexpr ~Ghost() {}
};
template <class T>
inline const Ghost<T> ghost{};  // not constexpr: clang 14 asks for a literal type then

template <class T, std::size_t... I>
constexpr bool takes_members(std::index_sequence<I...>) {
  return requires { T{(static_cast<void>(I), AnyMember{})...}; };
}

/// Number of members, by bisection: an aggregate takes up to as many initialisers as it has members.
template <class T, std::size_t Low = 0, std::size_t High = max_members + 1>
constexpr std::size_t count_members() {
  if constexpr (High - Low <= 1) {
    return Low;
  } else {
    constexpr std::size_t middle = Low + (High - Low < 16 ? 1 : (High - Low) / 4);
    if constexpr (takes_members<T>(std::make_index_sequence<middle>{})) {
      return count_members<T, middle, High>();
    } else {
      return count_members<T, Low, middle>();
    }
  }
}

template <class T>
inline constexpr std::size_t member_count = count_members<T>();

template <class T>
constexpr auto ghost_members() {
  static_assert(!takes_members<T>(std::make_index_sequence<max_members + 1>{}),
                "serval: a model has at most 64 members; group some of them in a nested struct");
  return members_of<member_count<T>>(ghost<T>.object);
}

// A pointer is a template argument of a literal class: g++ 12 takes no pointer to a subobject directly.
struct Address {
  const void* pointer;
};

template <auto Value>
constexpr std::string_view pretty() {
  return __PRETTY_FUNCTION__;
}

constexpr bool is_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The last identifier in front of the end of the template argument: g++ says "...Item::name)}", clang "...name}".
constexpr std::string_view last_identifier(std::string_view text) {
  std::size_t end = text.rfind('}');
  while (end > 0 && !is_identifier(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_identifier(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

template <class T, std::size_t I>
inline constexpr std::string_view member_name = last_identifier(pretty<Address{ghost_members<T>().addresses[I]}>());

template <class T>
constexpr std::string_view pretty_type() {
  return __PRETTY_FUNCTION__;
}

/// A type's own name without its namespaces, template arguments kept: "Item", "Page<Item>".
template <class T>
constexpr std::string_view type_name() {
  constexpr std::string_view text = pretty_type<T>();
  constexpr std::size_t begin = text.find("T = ") + 4;
  constexpr std::size_t end = text.find_first_of(";]", begin);
  std::string_view name = text.substr(begin, (text[end] == ';' || text.back() == ']') ? end - begin : end - begin);
  std::size_t arguments = name.find('<');
  const std::size_t scope = name.substr(0, arguments).rfind("::");
  return scope == std::string_view::npos ? name : name.substr(scope + 2);
}

}  // namespace serval::detail
