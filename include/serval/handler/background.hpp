// SPDX-License-Identifier: MIT
// Background work of a handler, done after its response was sent.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/pending.hpp>

namespace serval {

namespace detail {

/// One piece of background work with everything that it owns.
class BackgroundTask {
 public:
  BackgroundTask() = default;
  BackgroundTask(const BackgroundTask&) = delete;
  BackgroundTask& operator=(const BackgroundTask&) = delete;
  virtual ~BackgroundTask() = default;
  /// Called once. Lifetime: it outlives what this returns.
  virtual http::Pending call() = 0;
};

/// Whether a parameter of type `P` refers to the stored argument of type `A` itself, or to no object that would end
/// with the call: a temporary that is made from the argument.
template <class P, class A>
inline constexpr bool outlives_call = !std::is_reference_v<P> || std::is_convertible_v<A*, std::remove_reference_t<P>*>;
template <class P, class T>
inline constexpr bool outlives_call<P, std::reference_wrapper<T>> =
    !std::is_reference_v<P> || std::is_convertible_v<T*, std::remove_reference_t<P>*>;

/// Checks the parameters of a function that is called with stored arguments.
template <class... As>
class StoredArguments {
  template <class... Ps>
  static constexpr bool outlive() {
    if constexpr (sizeof...(Ps) == sizeof...(As)) return (outlives_call<Ps, As> && ...);
    return true;
  }
  template <class R, class... Ps>
  static std::bool_constant<outlive<Ps...>()> check(R (*)(Ps...));
  template <class R, class C, class... Ps>
  static std::bool_constant<outlive<Ps...>()> check(R (C::*)(Ps...));
  template <class R, class C, class... Ps>
  static std::bool_constant<outlive<Ps...>()> check(R (C::*)(Ps...) const);

 public:
  /// Whether no parameter of a function or lambda `F` refers to a temporary. True for all other types.
  template <class F>
  static constexpr bool outlive_call() {
    if constexpr (std::is_pointer_v<F>) {
      return decltype(check(std::declval<F>()))::value;
    } else if constexpr (requires { &F::operator(); }) {
      return decltype(check(&F::operator()))::value;
    } else {
      return true;
    }
  }
};

/// A function and copies of its arguments.
template <class F, class... As>
class BackgroundCall final : public BackgroundTask {
 public:
  explicit BackgroundCall(F function, As... arguments)
      : function_(std::move(function)), arguments_(std::move(arguments)...) {}

  http::Pending call() override {
    return std::apply(
        [this](As&... arguments) {
          if constexpr (TaskTraits<std::invoke_result_t<F&, As...>>::is_task) {
            return http::Pending(std::invoke(function_, std::move(arguments)...));
          } else {
            static_cast<void>(std::invoke(function_, std::move(arguments)...));
            return http::Pending();
          }
        },
        arguments_);
  }

 private:
  F function_;
  std::tuple<As...> arguments_;
};

}  // namespace detail

/// Work that is done after the response was sent, on the connection's loop, one piece after the other in the order of
/// `add`. An exception of a piece is logged, with the id of the request, and drops the rest. If the handler throws or
/// is cancelled, no work is done.
/// A stop of the server waits for coroutines and cancels them at its deadline; plain functions block the loop.
class BackgroundTasks {
 public:
  /// Adds a function with copies of its arguments: `background.add(send_mail, address, text);`. A coroutine,
  /// `Task<void> send_mail(std::string to, std::string text)`, does not block the loop; it needs <serval/task.hpp>. A
  /// lambda may also be a coroutine, since it and the copies live until the work has ended. `std::ref` passes a
  /// reference.
  template <class F, class... As>
  void add(F function, As... arguments) {
    static_assert(std::is_invocable_v<F&, As...>,
                  "serval: background.add(f, arguments...): f cannot be called with copies of these arguments; a "
                  "function that takes a reference to a changeable object needs std::ref(object)");
    if constexpr (std::is_invocable_v<F&, As...>) {
      using Traits = detail::TaskTraits<std::invoke_result_t<F&, As...>>;
      static_assert(!Traits::is_task || std::is_void_v<typename Traits::Value>,
                    "serval: background.add(f): a coroutine for background work returns Task<void>");
      static_assert(
          !Traits::is_task || detail::StoredArguments<As...>::template outlive_call<F>(),
          "serval: background.add(f, arguments...): a parameter of the coroutine f would refer to a temporary "
          "that ends before f does: take it by value");
      tasks_.push_back(
          std::make_unique<detail::BackgroundCall<F, As...>>(std::move(function), std::move(arguments)...));
    }
  }
  /// Whether no work waits or runs.
  [[nodiscard]] bool empty() const noexcept { return tasks_.empty(); }

  /// For the application: does all work, also what is added meanwhile. If a piece is a coroutine, the returned task
  /// does the rest; once it is cancelled, it begins no more work. Errors, of the call or of the task: exceptions of a
  /// piece; the pieces after it are dropped. Lifetime: this object outlives the task.
  [[nodiscard]] http::Pending run();
  void clear() noexcept;

 private:
  /// Returns the next piece of work; null if there is none.
  [[nodiscard]] std::unique_ptr<detail::BackgroundTask> next() noexcept;
  [[nodiscard]] detail::Task<void> run_rest(std::unique_ptr<detail::BackgroundTask> task, http::Pending pending);

  std::vector<std::unique_ptr<detail::BackgroundTask>> tasks_;
  std::size_t begun_ = 0;  // the pieces that `next` has returned
};

}  // namespace serval
