// SPDX-License-Identifier: MIT
// `Partial<T>`: the body of a PATCH, a model of which any member may be absent, that knows which ones came.
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

/// The object itself, or the first of the type that it takes over. REQUIRES: `is_or_extends<T, B>`.
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

/// A `T` read with every member optional, those that it takes over by `Extends` included. Members that came are
/// validated one by one as in `T`; `check` of `T` does not run, since the other members are not known. To check the
/// result, decode it again: `decode_request_json<Item>(encode_json(copy))`. In the document it is a component
/// "Partial_Item_"; a struct without members of its own gives it another name: `struct ItemUpdate : Partial<Item> {};`.
/// REQUIRES: at most 64 members.
template <class T>
class Partial {
 public:
  using PartialOf = T;  ///< the model whose members may be absent

  /// The members that came; the others are as in a default-made `T`.
  T value{};

  /// Whether that member came: `patch.has(&Todo::title)`. A member that `T` takes over by `Extends` is asked for by the
  /// struct that declares it: `patch.has(&Base::name)`; where `T` overrides it, only its own one comes.
  template <class M, class B>
  [[nodiscard]] bool has(M B::*member) const {
    static_assert(detail::is_or_extends<T, B>,
                  "serval: Partial<T>::has takes a member of T or of a model that T extends");
    return came(&(detail::part_of<B>(value)->*member));
  }
  /// Whether nothing came.
  [[nodiscard]] bool empty() const noexcept { return given_ == 0; }

  /// Copies the members that came, and only them.
  void apply_to(T& target) const { copy(target, value); }
  /// A copy of `base` with the members that came put over it.
  [[nodiscard]] T applied_to(T base) const {
    apply_to(base);
    return base;
  }

  /// For the codec: one bit a member, in the order of the model's members, those of `Extends` in their place.
  [[nodiscard]] std::uint64_t& given() noexcept { return given_; }
  [[nodiscard]] std::uint64_t given() const noexcept { return given_; }

 private:
  /// Of a member of `value`, by where it lies; false for one that is overridden.
  [[nodiscard]] bool came(const void* member) const {
    const detail::Model& model = detail::model_of<T>;
    for (std::size_t i = 0; i < model.member_count; ++i) {
      if (model.at(&value, i) == member) return (given_ >> i) & 1U;
    }
    return false;
  }

  /// What came of a model, or of one that `T` extends, which lies in `value`.
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
