// SPDX-License-Identifier: MIT
// The descriptor of an aggregate: its members in order, with those of `Extends` put in their place.
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

template <class T>
struct MemberTraits {
  static constexpr const Rules* rules = nullptr;
  static constexpr bool extends = false;
};
template <class T, Arg... Args>
struct MemberTraits<Field<T, Args...>> {
  static constexpr const Rules* rules = &rules_of<Args...>;
  static constexpr bool extends = false;
};
template <class T, Arg... Args>
struct MemberTraits<Default<Field<T, Args...>>> : MemberTraits<Field<T, Args...>> {};
template <class T>
struct MemberTraits<Extends<T>> {
  static constexpr const Rules* rules = nullptr;
  static constexpr bool extends = true;
  using Base = T;
};

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
      constexpr const Rules* rules = MemberTraits<M>::rules;
      constexpr std::string_view name = member_name<Named, I>;
      constexpr std::string_view wire = rules != nullptr && !rules->alias.empty() ? rules->alias : name;
      members[count++] = Member{name, wire, &type_of<M>, &member, is_plain_json(wire)};
    }
  }
};

template <class T>
concept HasModelConfig = requires {
  { T::model_config } -> std::convertible_to<ModelConfig>;
};
template <class T>
concept HasCheck = requires(const T& object, Errors& errors) {
  T::check(object, errors);
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

template <class T>
constexpr ModelConfig config_of() {
  if constexpr (HasModelConfig<T>) {
    return T::model_config;
  } else {
    return {};
  }
}

template <class T>
constexpr auto check_of() -> void (*)(const void*, Errors&) {
  if constexpr (HasCheck<T>) {
    return [](const void* object, Errors& errors) { T::check(*static_cast<const T*>(object), errors); };
  } else {
    return nullptr;
  }
}

template <class T>
inline constexpr Model model_of{
    type_name<T>(),
    model_members<T>.data(),
    model_members<T>.size(),
    &ghost<T>,
    config_of<T>(),
    check_of<T>(),
    [](void* context, Use use) {
      const T object{};
      use(context, &object);
    },
};

}  // namespace serval::detail
