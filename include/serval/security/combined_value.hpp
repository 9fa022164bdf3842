// SPDX-License-Identifier: MIT
// What the dependencies inside `any_of` and `all_of` give, as a part of the combined value.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include <serval/params/depends.hpp>

namespace serval::detail {

struct Anonymous;

template <auto Function>
inline constexpr bool is_anonymous = std::is_same_v<DependencyFunction<Function>, Anonymous>;

/// A guard that accepts requests without its credential.
template <class F>
concept OptionalGuard = requires {
  requires F::is_optional;
};
template <auto Function>
inline constexpr bool is_optional = OptionalGuard<DependencyFunction<Function>>;

/// The value of a dependency, or void.
template <auto Function>
using GivenBy = std::remove_reference_t<DependencyResult<Function>>;

template <class T>
struct HeldType {
  using Type = std::conditional_t<std::is_void_v<T>, std::monostate, std::remove_cv_t<T>>;
};
template <>
struct HeldType<Anonymous> {
  using Type = Anonymous;
};
/// How a combined value holds it; `Anonymous` for that alternative.
template <auto Function>
using HeldBy = typename HeldType<std::conditional_t<is_anonymous<Function>, Anonymous, GivenBy<Function>>>::Type;

/// A copy of the value at `value`, as a `To`: the same type, or a variant that has it.
template <auto Function, class To>
To copy_held([[maybe_unused]] const void* value) {
  using Held = HeldBy<Function>;
  const auto held = [&]() -> decltype(auto) {
    if constexpr (std::is_void_v<GivenBy<Function>>) {
      return std::monostate{};
    } else {
      return *static_cast<const Held*>(value);
    }
  };
  if constexpr (std::is_same_v<To, Held>) {
    return held();
  } else {
    return To(std::in_place_type<Held>, held());
  }
}

}  // namespace serval::detail
