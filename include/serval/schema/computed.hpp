// SPDX-License-Identifier: MIT
// Values that a response shows in addition to a model's members; requests do not contain them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <serval/schema/model_members.hpp>

namespace serval {

namespace detail {

template <class C, class R, class... Args>
struct ComputedEntry {
  using Value = std::remove_cvref_t<R>;
  std::string_view name;
  R (C::*function)() const;
  std::tuple<Args...> rules;
};

template <class... Entries>
struct ComputedEntries {
  std::tuple<Entries...> members;
};

}  // namespace detail

/// One computed member: its name on the wire, the function, its rules for the document. REQUIRES: `name` is a string
/// literal.
template <class C, class R, std::size_t... Sizes>
constexpr auto computed_member(std::string_view name, R (C::*function)() const, const detail::Arg<Sizes>&... rules) {
  return detail::ComputedEntry<C, R, detail::Arg<Sizes>...>{name, function, {rules...}};
}

/// The computed members of a model, which follow its own ones in responses and in their schema:
/// ```
/// struct Invoice {
///   double net;
///   double total() const { return net * 1.2; }
///   static constexpr auto computed() {
///     return serval::computed_members(serval::computed_member("total", &Invoice::total));
///   }
/// };
/// ```
template <class... Entries>
constexpr auto computed_members(const Entries&... each) {
  return detail::ComputedEntries<Entries...>{{each...}};
}

namespace detail {

template <class T>
concept HasComputed = requires {
  T::computed().members;
};

template <class T>
inline constexpr auto computed_entries = T::computed();

template <class T>
inline constexpr std::size_t own_computed_count = 0;
template <HasComputed T>
inline constexpr std::size_t own_computed_count<T> = std::tuple_size_v<decltype(computed_entries<T>.members)>;

template <class T>
constexpr std::size_t count_computed();

template <class M>
constexpr std::size_t count_base_computed() {
  if constexpr (MemberTraits<M>::extends) {
    return count_computed<typename MemberTraits<M>::Base>();
  } else {
    return 0;
  }
}
template <class... Ms>
constexpr std::size_t count_bases_computed(const Members<Ms...>*) {
  return (std::size_t{0} + ... + count_base_computed<Ms>());
}
/// The computed members of a model and of those that it extends.
template <class T>
constexpr std::size_t count_computed() {
  if constexpr (std::is_aggregate_v<T>) {
    return own_computed_count<T> + count_bases_computed(static_cast<const MembersOf<T>*>(nullptr));
  } else {
    return own_computed_count<T>;
  }
}

template <class T, std::size_t I>
using ComputedAt = std::remove_cvref_t<decltype(std::get<I>(computed_entries<T>.members))>;

template <class T, std::size_t I>
inline constexpr Rules computed_rules = [] {
  Rules rules;
  std::apply([&](const auto&... each) { (apply_arg(rules, each), ...); },
             std::get<I>(computed_entries<T>.members).rules);
  return rules;
}();

template <class T, std::size_t I>
inline constexpr Type computed_type = [] {
  Type type = make_type<typename ComputedAt<T, I>::Value>();
  if constexpr (std::tuple_size_v < decltype(ComputedAt<T, I>::rules) >> 0) type.rules = &computed_rules<T, I>;
  return type;
}();

template <class T, std::size_t I>
void with_computed(const void* object, void* context, Use use) {
  const typename ComputedAt<T, I>::Value value =
      (static_cast<const T*>(object)->*std::get<I>(computed_entries<T>.members).function)();
  use(context, &value);
}

/// Collects the computed members of a model and of those that it extends, the latter first. A computed member of the
/// model itself replaces an inherited one with the same name.
template <std::size_t N>
struct ComputedCollector {
  std::array<ComputedMember, N> members{};
  std::size_t count = 0;

  template <class Owner>
  constexpr void collect(const Owner& object) {
    const std::size_t begin = count;
    if constexpr (std::is_aggregate_v<Owner>) {
      with_members<member_count<Owner>>(object, [&](const auto&... each) { (collect_base(each), ...); });
    }
    collect_own<Owner>(begin, count, object, std::make_index_sequence<own_computed_count<Owner>>{});
  }

 private:
  template <class M>
  constexpr void collect_base(const M& member) {
    if constexpr (MemberTraits<M>::extends) collect(static_cast<const typename MemberTraits<M>::Base&>(member));
  }
  template <class Owner, std::size_t... I>
  constexpr void collect_own([[maybe_unused]] std::size_t begin, [[maybe_unused]] std::size_t end, const Owner& object,
                             std::index_sequence<I...>) {
    (put(begin, end,
         ComputedMember{.wire = std::get<I>(computed_entries<Owner>.members).name,
                        .type = &computed_type<Owner, I>,
                        .address = &object,
                        .with = &with_computed<Owner, I>}),
     ...);
  }
  constexpr void put(std::size_t begin, std::size_t end, const ComputedMember& own) {
    std::size_t place = begin;
    while (place < end && members[place].wire != own.wire) ++place;
    if (place == end) place = count++;
    members[place] = own;
  }
};

template <class T>
constexpr auto collect_computed() {
  ComputedCollector<count_computed<T>()> collector;
  if constexpr (count_computed<T>() > 0) collector.collect(ghost<T>.object);
  return collector;
}
template <class T>
inline constexpr auto collected_computed = collect_computed<T>();

/// Whether a computed member would be written to the key of another member.
template <class T>
constexpr bool has_computed_name_twice() {
  const auto& computed = collected_computed<T>;
  for (std::size_t i = 0; i < computed.count; ++i) {
    for (const Member& member : model_members<T>) {
      if (!member.excluded && member.output == computed.members[i].wire) return true;
    }
    for (std::size_t j = i + 1; j < computed.count; ++j) {
      if (computed.members[j].wire == computed.members[i].wire) return true;
    }
  }
  return false;
}

template <class T, std::size_t... I>
constexpr std::array<ComputedMember, sizeof...(I)> make_computed(std::index_sequence<I...>) {
  if constexpr (sizeof...(I) > 0) {
    static_assert(
        !has_computed_name_twice<T>(),
        "serval: a computed member has the same name as another member that responses show; rename one of them");
  }
  return {collected_computed<T>.members[I]...};
}

template <class T>
inline constexpr auto computed_members_of = make_computed<T>(std::make_index_sequence<collected_computed<T>.count>{});

}  // namespace detail
}  // namespace serval
