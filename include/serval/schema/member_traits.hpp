// SPDX-License-Identifier: MIT
// The properties of a member from its declared type: its rules, its names on the wire, whether it is an `Extends`.
#pragma once

#include <string_view>

#include <serval/schema/field.hpp>

namespace serval::detail {

// Whether there are rules is a separate constant: g++ 12 with -fsanitize=undefined rejects comparing a pointer with
// null in a constant expression.
template <class T>
struct MemberTraits {
  static constexpr bool has_rules = false;
  static constexpr bool extends = false;
};
template <class T, Arg... Args>
struct MemberTraits<Field<T, Args...>> {
  static constexpr bool has_rules = true;
  static constexpr const Rules& rules = rules_of<Args...>;
  static constexpr bool extends = false;
};
template <class T, Arg... Args>
struct MemberTraits<Default<Field<T, Args...>>> : MemberTraits<Field<T, Args...>> {};
template <class T>
struct MemberTraits<Extends<T>> {
  static constexpr bool has_rules = false;
  static constexpr bool extends = true;
  using Base = T;
};

template <class M>
constexpr std::string_view wire_name(std::string_view name) {
  if constexpr (MemberTraits<M>::has_rules) {
    if (!MemberTraits<M>::rules.alias.empty()) return MemberTraits<M>::rules.alias;
  }
  return name;
}

template <class M>
constexpr std::string_view output_name(std::string_view wire) {
  if constexpr (MemberTraits<M>::has_rules) {
    if (!MemberTraits<M>::rules.serialization_alias.empty()) return MemberTraits<M>::rules.serialization_alias;
  }
  return wire;
}

template <class M>
constexpr bool is_excluded() {
  if constexpr (MemberTraits<M>::has_rules) {
    return MemberTraits<M>::rules.exclude;
  } else {
    return false;
  }
}

constexpr bool is_plain_json(std::string_view text) {
  for (char c : text) {
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f)
      return false;
  }
  return true;
}

}  // namespace serval::detail
