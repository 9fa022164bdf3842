// SPDX-License-Identifier: MIT
// The members of an aggregate in order, with those of `Extends` put in their place.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/schema/reflect.hpp>
#include <serval/schema/type.hpp>

namespace serval::detail {

template <class T>
constexpr Type make_type();

/// The descriptor of a type: one constant a type, its address its identity.
template <class T>
inline constexpr Type type_of = make_type<T>();

// Whether there are rules is a constant of its own: g++ 12 with -fsanitize=undefined takes no comparison of a pointer
// with null in a constant expression.
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

/// The types of a model's own members, without their addresses.
template <class T>
using MembersOf = decltype(ghost_members<T>());

template <class... Ms>
constexpr std::size_t count_flat(const Members<Ms...>*);

template <class M>
constexpr std::size_t flat_count() {
  if constexpr (MemberTraits<M>::extends) {
    static_assert(std::is_aggregate_v<typename MemberTraits<M>::Base>, "serval: Extends takes plain structs only");
    return count_flat(static_cast<const MembersOf<typename MemberTraits<M>::Base>*>(nullptr));
  } else {
    return 1;
  }
}

template <class... Ms>
constexpr std::size_t count_flat(const Members<Ms...>*) {
  return (std::size_t{0} + ... + flat_count<Ms>());
}

/// Collects the members of a model and of those it extends, in order.
template <std::size_t N>
struct MemberCollector {
  std::array<Member, N> members{};
  std::size_t count = 0;

  /// `object` is where an aggregate that declares members lies in the outermost ghost.
  template <class Named>
  constexpr void collect(const Named& object) {
    with_members<member_count<Named>>(
        object, [&]<class... Ms>(const Ms&... each) { collect_all<Named>(std::index_sequence_for<Ms...>{}, each...); });
  }

 private:
  template <class Named, std::size_t... I, class... Ms>
  constexpr void collect_all(std::index_sequence<I...>, const Ms&... each) {
    (collect_one<Named, I>(each), ...);
  }
  template <class Named, std::size_t I, class M>
  constexpr void collect_one(const M& member) {
    if constexpr (MemberTraits<M>::extends) {
      collect(static_cast<const typename MemberTraits<M>::Base&>(member));
    } else {
      constexpr std::string_view name = member_name<Named, I>;
      constexpr std::string_view wire = wire_name<M>(name);
      constexpr std::string_view output = output_name<M>(wire);
      members[count++] = Member{name, wire, output, &type_of<M>, &member, is_plain_json(output), is_excluded<M>()};
    }
  }
};

template <class T>
constexpr auto collect_members() {
  constexpr std::size_t count = count_flat(static_cast<const MembersOf<T>*>(nullptr));
  static_assert(count <= 256, "serval: a model has at most 256 members, those of its Extends members included");
  MemberCollector<count> collector;
  collector.collect(ghost<T>.object);
  return collector.members;
}

template <class T>
inline constexpr auto model_members = collect_members<T>();

}  // namespace serval::detail
