// SPDX-License-Identifier: MIT
// The operations of a dependency's value at the end of the request, as constants: destructor, `finish`, `on_exception`.
#pragma once

#include <exception>
#include <type_traits>
#include <utility>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>

namespace serval::detail {

template <class T>
concept LearnsOfExceptions = requires(T value, const std::exception_ptr& thrown) {
  value.on_exception(thrown);
};

template <class T>
concept FinishesKnowing = requires(T value, const Outcome& outcome) {
  value.finish(outcome);
};
/// A member `finish` that takes nothing but returns a value has another meaning.
template <class T>
concept FinishesUnknowing = requires(T value) {
  value.finish();
  requires std::is_void_v<decltype(value.finish())> || TaskTraits<decltype(value.finish())>::is_task;
};

template <class T>
decltype(auto) finish_kept(T& value, const Outcome& outcome) {
  if constexpr (FinishesKnowing<T>) {
    return value.finish(outcome);
  } else {
    return value.finish();
  }
}

template <class T>
constexpr void add_finish(http::Exchange::KeptOps& ops) {
  using Returned = decltype(finish_kept(std::declval<T&>(), std::declval<const Outcome&>()));
  static_assert(std::is_void_v<typename TaskTraits<Returned>::Value>,
                "serval: the return value of `finish` of a dependency's value is not used; let it return void or "
                "Task<void>, or give it another name if serval should not call it");
  if constexpr (TaskTraits<Returned>::is_task) {
    ops.finish_later = [](void* value, const Outcome& outcome) {
      return http::Pending(finish_kept(*static_cast<T*>(value), outcome));
    };
  } else {
    ops.finish = [](void* value, const Outcome& outcome) { finish_kept(*static_cast<T*>(value), outcome); };
  }
}

template <class T>
constexpr http::Exchange::KeptOps make_kept_ops() {
  static_assert(
      std::is_nothrow_destructible_v<T>,
      "serval: the destructor of a dependency's value must be noexcept, since nothing can catch its exception; "
      "move work that can fail into a member function `finish`");
  http::Exchange::KeptOps ops{.destroy = [](void* value) noexcept { delete static_cast<T*>(value); }};
  if constexpr (LearnsOfExceptions<T>) {
    ops.on_exception = [](void* value, const std::exception_ptr& thrown) {
      static_cast<T*>(value)->on_exception(thrown);
    };
  }
  if constexpr (FinishesKnowing<T> || FinishesUnknowing<T>) add_finish<T>(ops);
  return ops;
}
template <class T>
inline constexpr http::Exchange::KeptOps kept_ops = make_kept_ops<T>();

}  // namespace serval::detail
