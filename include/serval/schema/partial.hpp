// SPDX-License-Identifier: MIT
// `Partial<T>`: the body of a PATCH, a model in which any member may be absent and that knows which ones are present.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <serval/schema/model.hpp>

namespace serval {

namespace detail {

template <class B, class M>
constexpr bool takes_over();

template <class B, class... Ms>
constexpr bool any_takes_over(const Members<Ms...>*) {
  return (false || ... || takes_over<B, Ms>());
}
/// Whether `B` is `T` or one of the models that it extends, at any depth.
template <class T, class B>
inline constexpr bool is_or_extends = std::is_same_v<T, B> ||
                                      any_takes_over<B>(static_cast<const MembersOf<T>*>(nullptr));

template <class B, class M>
constexpr bool takes_over() {
  if constexpr (MemberTraits<M>::extends) {
    return is_or_extends<typename MemberTraits<M>::Base, B>;
  } else {
    return false;
  }
}

/// The object itself, or its first base of the type through `Extends`. REQUIRES: `is_or_extends<T, B>`.
template <class B, class T>
constexpr const B* part_of(const T& object) {
  if constexpr (std::is_same_v<B, T>) {
    return &object;
  } else {
    return with_members<member_count<T>>(object, []<class... Ms>(const Ms&... members) {
      const B* found = nullptr;
      const auto look = [&found]<class M>(const M& member) {
        if constexpr (takes_over<B, M>()) {
          if (found == nullptr) found = part_of<B, typename MemberTraits<M>::Base>(member);
        }
      };
      (look(members), ...);
      return found;
    });
  }
}

}  // namespace detail

/// A `T` that is read with every member optional, including those from `Extends`. The members that are present are
/// validated one by one as in `T`; `check` of `T` does not run, since the other members are not known. To check the
/// result, decode it again: `decode_request_json<Item>(encode_json(copy))`. In the document it is a component
/// "Partial_Item_"; a derived struct without its own members gives it another name:
/// `struct ItemUpdate : Partial<Item> {};`.
/// REQUIRES: at most 64 members.
template <class T>
class Partial {
 public:
  using PartialOf = T;  ///< the model whose members may be absent

  /// The members that are present; the others are as in a default-constructed `T`.
  T value{};

  /// Whether that member is present: `patch.has(&Todo::title)`. Name a member that `T` has through `Extends` by the
  /// struct that declares it: `patch.has(&Base::name)`; if `T` overrides it, only the overriding member can be present.
  template <class M, class B>
  [[nodiscard]] bool has(M B::*member) const {
    static_assert(detail::is_or_extends<T, B>,
                  "serval: Partial<T>::has takes a member of T or of a model that T extends");
    return came(&(detail::part_of<B>(value)->*member));
  }
  /// Whether no member is present.
  [[nodiscard]] bool empty() const noexcept { return given_ == 0; }

  /// Copies only the members that are present.
  void apply_to(T& target) const { copy(target, value); }
  /// A copy of `base` in which the members that are present are replaced.
  [[nodiscard]] T applied_to(T base) const {
    apply_to(base);
    return base;
  }

  /// For the codec: one bit per member, in the order of the model's members, with those of `Extends` in its position.
  [[nodiscard]] std::uint64_t& given() noexcept { return given_; }
  [[nodiscard]] std::uint64_t given() const noexcept { return given_; }

 private:
  /// Whether a member of `value` is present, by its address; false for one that is overridden.
  [[nodiscard]] bool came(const void* member) const {
    const detail::Model& model = detail::model_of<T>;
    for (std::size_t i = 0; i < model.member_count; ++i) {
      if (model.at(&value, i) == member) return (given_ >> i) & 1U;
    }
    return false;
  }

  /// Copies the members that are present in a model, or in one that `T` extends, inside `value`.
  template <class Named>
  void copy(Named& to, const Named& from) const {
    constexpr std::size_t count = detail::member_count<Named>;
    copy_members(detail::members_of<count>(std::as_const(to)), detail::members_of<count>(from));
  }
  template <class... Ms>
  void copy_members(const detail::Members<Ms...>& to, const detail::Members<Ms...>& from) const {
    std::size_t i = 0;
    // They are members of the caller's mutable object: members_of only knows them as const.
    ((copy_member(*const_cast<Ms*>(static_cast<const Ms*>(to.addresses[i])),
                  *static_cast<const Ms*>(from.addresses[i])),
      ++i),
     ...);
  }
  template <class M>
  void copy_member(M& to, const M& from) const {
    if constexpr (detail::MemberTraits<M>::extends) {
      using Base = typename detail::MemberTraits<M>::Base;
      copy<Base>(to, from);
    } else if (came(&from)) {
      to = from;
    }
  }

  std::uint64_t given_ = 0;
};

namespace detail {

/// A struct that gives a `Partial` another name.
template <class T>
concept NamedPartial = requires {
  typename T::PartialOf;
}
&&std::is_base_of_v<Partial<typename T::PartialOf>, T> && !std::is_same_v<Partial<typename T::PartialOf>, T>;

}  // namespace detail
}  // namespace serval
