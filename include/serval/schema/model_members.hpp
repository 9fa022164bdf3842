// SPDX-License-Identifier: MIT
// The members of an aggregate in order, with the members of `Extends` in its position.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/schema/member_traits.hpp>
#include <serval/schema/reflect.hpp>
#include <serval/schema/type.hpp>

namespace serval::detail {

template <class T>
constexpr Type make_type();

/// The descriptor of a type: one constant per type, identified by its address.
template <class T>
inline constexpr Type type_of = make_type<T>();

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

template <class... Ms>
constexpr bool any_extends(const Members<Ms...>*) {
  return (false || ... || MemberTraits<Ms>::extends);
}
/// Whether a model has `Extends` members.
template <class T>
inline constexpr bool has_extends = any_extends(static_cast<const MembersOf<T>*>(nullptr));

template <class... Ms>
constexpr bool any_renamed(const Members<Ms...>*) {
  return (false || ... || (wire_name<Ms>("") != "" || output_name<Ms>("") != ""));
}
/// Whether members may have the same name on the wire: members of one struct already differ in C++.
template <class T>
inline constexpr bool may_clash = has_extends<T> || any_renamed(static_cast<const MembersOf<T>*>(nullptr));

/// Whether two of the members would be read from or written to one key.
constexpr bool has_name_twice(const Member* members, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      const bool both_written = !members[i].excluded && !members[j].excluded;
      if (members[i].wire == members[j].wire || (both_written && members[i].output == members[j].output)) return true;
    }
  }
  return false;
}

/// Collects the members of a model and of those that it extends, in order. A member of the model itself replaces an
/// inherited one with the same name, in C++ or on the wire.
template <std::size_t N>
struct MemberCollector {
  std::array<Member, N> members{};
  std::size_t count = 0;

  /// `object` is the address, in the outermost ghost, of an aggregate that declares members.
  template <class Named>
  constexpr void collect(const Named& object) {
    const std::size_t begin = count;
    with_members<member_count<Named>>(
        object, [&]<class... Ms>(const Ms&... each) { collect_all<Named>(std::index_sequence_for<Ms...>{}, each...); });
    if constexpr (has_extends<Named>) override_inherited(begin);
    for (std::size_t i = begin; i < count; ++i) inherited_[i] = true;
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
      inherited_[count] = false;
      members[count++] = Member{.name = name,
                                .wire = wire,
                                .output = output,
                                .type = &type_of<M>,
                                .address = &member,
                                .plain_output = is_plain_json(output),
                                .excluded = is_excluded<M>()};
    }
  }
  constexpr void override_inherited(std::size_t begin) {
    for (std::size_t own = begin; own < count; ++own) {
      if (inherited_[own]) continue;
      std::size_t place = own;
      for (std::size_t i = count; i-- > begin;) {
        if (!inherited_[i] || !overrides(members[own], members[i])) continue;
        if (i < place) {  // the first one determines the position; a nearer one is removed
          if (place != own) erase(place, own);
          place = i;
        } else {
          erase(i, own);
        }
      }
      if (place == own) continue;
      members[place] = members[own];
      inherited_[place] = false;
      remove(own--);
    }
  }
  static constexpr bool overrides(const Member& own, const Member& inherited) {
    return own.name == inherited.name || own.wire == inherited.wire;
  }
  constexpr void erase(std::size_t index, std::size_t& own) {
    remove(index);
    if (index < own) --own;
  }
  constexpr void remove(std::size_t index) {
    for (--count; index < count; ++index) {
      members[index] = members[index + 1];
      inherited_[index] = inherited_[index + 1];
    }
  }

  std::array<bool, N> inherited_{};
};

template <class T>
constexpr auto collect_members() {
  constexpr std::size_t count = count_flat(static_cast<const MembersOf<T>*>(nullptr));
  static_assert(count <= 256, "serval: a model has at most 256 members, those of its Extends members included");
  MemberCollector<count> collector;
  collector.collect(ghost<T>.object);
  return collector;
}
template <class T>
inline constexpr auto collected_members = collect_members<T>();

template <class T, std::size_t... I>
constexpr std::array<Member, sizeof...(I)> make_members(std::index_sequence<I...>) {
  constexpr const auto& all = collected_members<T>;
  if constexpr (may_clash<T>) {
    static_assert(!has_name_twice(all.members.data(), all.count),
                  "serval: two members of this model have the same name on the wire; give one another alias, or "
                  "declare the member in the model itself, where it overrides those of its Extends members");
  }
  return {all.members[I]...};
}

template <class T>
inline constexpr auto model_members = make_members<T>(std::make_index_sequence<collected_members<T>.count>{});

}  // namespace serval::detail
