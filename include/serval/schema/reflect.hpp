// SPDX-License-Identifier: MIT
// Reflection without macros: the members of an aggregate, their names, the names of enumerators. Everything here is
// evaluated at compile time: it counts members by trial and takes their names from the compiler's function names.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/schema/field.hpp>
#include <serval/schema/members.hpp>

namespace serval::detail {

/// An object of `T` that is never created: only the addresses of its members are used, as constants.
template <class T>
union Ghost {
  char none;
  T object;
  constexpr Ghost() : none{} {}
  // NOLINTNEXTLINE(modernize-use-equals-default): if `T` has a destructor, a defaulted one of a union is deleted
  constexpr ~Ghost() {}
};
template <class T>
inline const Ghost<T> ghost{};  // not constexpr: clang 14 would require a literal type

template <class T, std::size_t... I>
constexpr bool takes_members(std::index_sequence<I...>) {
  return requires { T{(static_cast<void>(I), AnyMember{})...}; };
}

/// Number of members, by bisection: an aggregate accepts at most as many initialisers as it has members.
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

/// Converts only to base classes of `T`.
template <class T>
struct AnyBase {
  template <class B>
  requires(std::is_base_of_v<B, T> && !std::is_same_v<B, T>) operator B() const;
};

template <class T>
constexpr bool has_base() {
  return requires { T{AnyBase<T>{}}; };
}

template <class T>
constexpr auto ghost_members() {
  static_assert(!has_base<T>(),
                "serval: a model cannot have base classes; make the base its first member, Extends<Base> base;");
  static_assert(!takes_members<T>(std::make_index_sequence<max_members + 1>{}),
                "serval: a model has at most 64 members; group some of them in a nested struct");
  return members_of<member_count<T>>(ghost<T>.object);
}

// Wraps a pointer in a literal class as a template argument: g++ 12 accepts no pointer to a subobject directly.
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

/// The last identifier before the end of the template argument: g++ says "...Item::name)}", clang "...name}".
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

/// A type's name as the compiler writes it, with all namespaces.
template <class T>
constexpr std::string_view full_type_name() {
  constexpr std::string_view text = pretty_type<T>();
  constexpr std::size_t begin = text.find("T = ") + 4;
  // g++ continues with "; std::string_view = ...]", clang ends with "]".
  constexpr std::size_t end = text.find(';', begin);
  return text.substr(begin, (end == std::string_view::npos ? text.size() - 1 : end) - begin);
}

/// A short name for people: without namespaces, of the type and of its arguments, and without the function to which the
/// type is local.
template <std::size_t N>
struct ShortName {
  std::array<char, N> text{};
  std::size_t size = 0;

  constexpr explicit ShortName(std::string_view full) {
    for (std::size_t i = 0; i < full.size(); ++i) {
      const std::string_view rest = full.substr(i);
      if (skip(rest, "{anonymous}", i) || skip(rest, "(anonymous namespace)", i)) continue;
      if (rest.starts_with("::")) {
        size = path_start;
        ++i;
      } else if (rest.starts_with(" >")) {
        continue;  // g++ 12 writes "Page<Page<int> >"
      } else if (const std::size_t length = qualifiers(rest); length > 0) {
        i += length - 1;
      } else {
        put(full[i]);
      }
    }
  }

 private:
  static constexpr std::string_view string_class = "basic_string<char>";

  static constexpr bool skip(std::string_view rest, std::string_view word, std::size_t& i) {
    if (!rest.starts_with(word)) return false;
    i += word.size() - 1;
    return true;
  }
  /// Length of the text between a function and the type that is local to it: " const" in "Shop::list() const::Row".
  constexpr std::size_t qualifiers(std::string_view rest) const {
    if (rest.front() != ' ' || size == 0 || (text[size - 1] != ')' && text[size - 1] != '>')) return 0;
    const std::size_t end = rest.find("::");
    for (std::size_t i = 0; i < rest.size() && i < end; ++i) {
      if (rest[i] != ' ' && rest[i] != '&' && (rest[i] < 'a' || rest[i] > 'z')) return 0;
    }
    return end == std::string_view::npos ? 0 : end;
  }
  constexpr void put(char c) {
    text[size++] = c;
    if (c == '<' || c == '(') outer_starts[depth++ % outer_starts.size()] = path_start;
    if (!is_identifier(c) && c != '>' && c != ')') path_start = size;
    if ((c == '>' || c == ')') && depth > 0) {
      path_start = outer_starts[--depth % outer_starts.size()];
      if (std::string_view(text.data() + path_start, size - path_start) == string_class) {
        for (std::size_t i = 0; i < 6; ++i) text[path_start + i] = "string"[i];
        size = path_start + 6;
      }
    }
  }

  std::size_t path_start = 0;  // where the name that is being written begins, including its scopes
  std::size_t depth = 0;
  std::array<std::size_t, 16> outer_starts{};
};

template <class T>
inline constexpr ShortName<full_type_name<T>().size()> short_name{full_type_name<T>()};

/// A type's own name without namespaces, with template arguments: "Item", "Page<Item>".
template <class T>
constexpr std::string_view type_name() {
  return {short_name<T>.text.data(), short_name<T>.size};
}

}  // namespace serval::detail
