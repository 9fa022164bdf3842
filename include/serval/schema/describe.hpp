// SPDX-License-Identifier: MIT
// Classes with private members and constructors as models: they list their members themselves.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

#include <serval/schema/model.hpp>
#include <serval/schema/rule_fit.hpp>
#include <serval/schema/rules.hpp>
#include <serval/schema/type.hpp>

namespace serval {

namespace detail {

template <class C, class M, class... Args>
struct DescribedMember {
  using Owner = C;
  using Value = M;
  static constexpr bool has_rules = sizeof...(Args) > 0;

  std::string_view name;
  M C::*pointer;
  std::tuple<Args...> rules;
};

template <class... Members>
struct Description {
  std::tuple<Members...> members;
};

}  // namespace detail

}  // namespace serval

namespace serval::schema {

/// One member of a class that describes itself: its name on the wire, its address, its rules. REQUIRES: `name` is a
/// string literal.
template <class C, class M, std::size_t... Sizes>
constexpr auto member(std::string_view name, M C::*pointer, const detail::Arg<Sizes>&... rules) {
  return detail::DescribedMember<C, M, detail::Arg<Sizes>...>{name, pointer, {rules...}};
}

/// The members of a class that is not a plain struct, in the order in which they are read and written:
/// ```
/// class Account {
///  public:
///   static constexpr auto describe() {
///     return serval::schema::members(serval::schema::member("owner", &Account::owner_, serval::min_length(1)),
///                                    serval::schema::member("balance", &Account::balance_, serval::ge(0)));
///   }
///  private:
///   std::string owner_;
///   serval::Default<double> balance_ = 0;
/// };
/// ```
/// The class must be default-constructible. Optional members, `model_config` and `check` work as in a struct.
template <class... Members>
constexpr auto members(const Members&... each) {
  return detail::Description<Members...>{{each...}};
}

}  // namespace serval::schema

namespace serval {

namespace detail {

template <class T>
concept Described = requires {
  T::describe().members;
};

/// Static, so that views of its rules' texts stay valid.
template <class T>
inline constexpr auto description_of = T::describe();

template <class T, std::size_t I>
using DescribedAt = std::remove_cvref_t<decltype(std::get<I>(description_of<T>.members))>;

template <class T, std::size_t I>
inline constexpr Rules described_rules = [] {
  Rules rules;
  std::apply([&](const auto&... each) { (apply_arg(rules, each), ...); }, std::get<I>(description_of<T>.members).rules);
  return rules;
}();

template <class T, std::size_t I>
inline constexpr Type ruled_type = [] {
  Type type = make_type<typename DescribedAt<T, I>::Value>();
  type.rules = &described_rules<T, I>;
  return type;
}();

template <class T, std::size_t I>
inline constexpr bool described_validators_fit = std::apply(
    [](const auto&... each) { return (true && ... && validator_fits<typename DescribedAt<T, I>::Value>(each)); },
    std::get<I>(description_of<T>.members).rules);

template <class T, std::size_t I>
constexpr const Type* described_type() {
  using Entry = DescribedAt<T, I>;
  if constexpr (Entry::has_rules) {
    static_assert(!MemberTraits<typename Entry::Value>::has_rules,
                  "serval: this member has rules both in Field and in describe(); move all of them to one of the two");
    static_assert(
        described_validators_fit<T, I>,
        "serval: the type of this member does not fit a function of its rules: the function of validated_by must "
        "take this type, that of prepared_by must take a text, that of default_factory must return this type");
    static_assert(
        !described_rules<T, I>.default_value,
        "serval: default_to and default_json fit parameters only; declare a member that may be absent as a Default "
        "with an initialiser: Default<int> count_ = 3;");
    require_fitting_rules<rule_fit(ruled_type<T, I>, described_rules<T, I>)>();
    return &ruled_type<T, I>;
  } else {
    return &type_of<typename Entry::Value>;
  }
}

template <class T, std::size_t I>
constexpr std::string_view described_wire_name() {
  constexpr std::string_view name = std::get<I>(description_of<T>.members).name;
  if constexpr (DescribedAt<T, I>::has_rules) {
    return described_rules<T, I>.alias.empty() ? name : described_rules<T, I>.alias;
  } else {
    return wire_name<typename DescribedAt<T, I>::Value>(name);
  }
}

template <class T, std::size_t I>
constexpr std::string_view described_output_name(std::string_view wire) {
  if constexpr (DescribedAt<T, I>::has_rules) {
    return described_rules<T, I>.serialization_alias.empty() ? wire : described_rules<T, I>.serialization_alias;
  } else {
    return output_name<typename DescribedAt<T, I>::Value>(wire);
  }
}

template <class T, std::size_t I>
constexpr bool described_exclusion() {
  if constexpr (DescribedAt<T, I>::has_rules) {
    return described_rules<T, I>.exclude;
  } else {
    return is_excluded<typename DescribedAt<T, I>::Value>();
  }
}

template <class T, std::size_t I>
constexpr Member described_member() {
  static_assert(!MemberTraits<typename DescribedAt<T, I>::Value>::extends,
                "serval: a class that describes itself cannot have Extends members");
  constexpr auto& entry = std::get<I>(description_of<T>.members);
  constexpr std::string_view wire = described_wire_name<T, I>();
  constexpr std::string_view output = described_output_name<T, I>(wire);
  return {entry.name,
          wire,
          output,
          described_type<T, I>(),
          &(ghost<T>.object.*entry.pointer),
          is_plain_json(output),
          described_exclusion<T, I>()};
}

template <class T, std::size_t... I>
constexpr std::array<Member, sizeof...(I)> describe_members(std::index_sequence<I...>) {
  static_assert(sizeof...(I) <= 256, "serval: a model has at most 256 members");
  return {described_member<T, I>()...};
}

template <class T>
constexpr auto make_described_members() {
  constexpr auto members =
      describe_members<T>(std::make_index_sequence<std::tuple_size_v<decltype(description_of<T>.members)>>{});
  static_assert(!has_name_twice(members.data(), members.size()),
                "serval: two members of describe() have the same name on the wire; give one another name or alias");
  return members;
}

template <class T>
requires Described<T>
inline constexpr auto model_members<T> = make_described_members<T>();

}  // namespace detail
}  // namespace serval
