// SPDX-License-Identifier: MIT
// `Partial<T>`: the body of a PATCH, a model of which any member may be absent, that knows which ones came.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <serval/schema/reflect.hpp>

namespace serval {

/// A `T` read with every member optional. Members that came are validated one by one as in `T`; `check` of `T` does not
/// run, since the other members are not known. To check the result, decode it again:
/// `decode_request_json<Item>(encode_json(copy))`. In the document it is a component "Partial_Item_"; a struct without
/// members of its own gives it another name: `struct ItemUpdate : Partial<Item> {};`.
template <class T>
class Partial {
 public:
  using PartialOf = T;  ///< the model whose members may be absent

  /// The members that came; the others are as in a default-made `T`.
  T value{};

  /// Whether that member came: `patch.has(&Todo::title)`.
  template <class M>
  [[nodiscard]] bool has(M T::*member) const {
    return (given_ >> index_of(member)) & 1U;
  }
  /// Whether nothing came.
  [[nodiscard]] bool empty() const noexcept { return given_ == 0; }

  /// Copies the members that came, and only them.
  void apply_to(T& target) const { apply(target, detail::members_of<detail::member_count<T>>(value)); }
  /// A copy of `base` with the members that came put over it.
  [[nodiscard]] T applied_to(T base) const {
    apply_to(base);
    return base;
  }

  /// For the codec: one bit a member, in order of declaration.
  [[nodiscard]] std::uint64_t& given() noexcept { return given_; }
  [[nodiscard]] std::uint64_t given() const noexcept { return given_; }

 private:
  template <class M>
  [[nodiscard]] std::size_t index_of(M T::*member) const {
    const auto members = detail::members_of<detail::member_count<T>>(value);
    const void* wanted = &(value.*member);
    std::size_t index = 0;
    while (index < members.addresses.size() && members.addresses[index] != wanted) ++index;
    return index;
  }

  template <class... Ms>
  void apply(T& target, const detail::Members<Ms...>& from) const {
    const auto to = detail::members_of<sizeof...(Ms)>(std::as_const(target));
    std::size_t i = 0;
    (copy<Ms>(from.addresses[i], to.addresses[i], i), ...);  // `copy` counts `i` up
  }
  template <class M>
  void copy(const void* from, const void* to, std::size_t& index) const {
    // `to` is a member of the caller's mutable object: members_of only knows it as const.
    if ((given_ >> index) & 1U) *const_cast<M*>(static_cast<const M*>(to)) = *static_cast<const M*>(from);
    ++index;
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
