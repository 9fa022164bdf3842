// SPDX-License-Identifier: MIT
// The thin wrapper around a function that the application calls without a request: its arguments are objects of the
// application and `Stopping`.
#pragma once

#include <memory>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include <serval/handler/pending.hpp>
#include <serval/handler/stopping.hpp>
#include <serval/params/bind.hpp>

namespace serval::detail {

class StateTable;

/// The arguments of such a function. Lifetime: the table outlives it.
class LifecycleArguments {
 public:
  LifecycleArguments(const StateTable& states, Stopping stopping) noexcept
      : states_(&states), stopping_(std::move(stopping)) {}

  /// Errors: SetupError for a State whose object does not exist yet or any more.
  void fill(std::span<const ArgumentSpec> arguments, void* const* storage) const;

 private:
  const StateTable* states_;
  Stopping stopping_;
};

/// The interface of such a function for compiled code.
class LifecycleFunction {
 public:
  LifecycleFunction() = default;
  LifecycleFunction(const LifecycleFunction&) = delete;
  LifecycleFunction& operator=(const LifecycleFunction&) = delete;
  virtual ~LifecycleFunction() = default;

  /// Calls the function; for a coroutine, returns its task. Errors: exceptions of the function; see
  /// `LifecycleArguments::fill`.
  /// Lifetime: the function outlives the task.
  [[nodiscard]] virtual http::Pending call(const LifecycleArguments& arguments) const = 0;
  [[nodiscard]] virtual std::span<const ArgumentSpec> arguments() const noexcept = 0;
};

template <class A>
inline constexpr bool needs_no_request = std::is_same_v<A, Stopping> || std::is_same_v<A, Blocking>;
template <class T, Arg... Name>
inline constexpr bool needs_no_request<State<T, Name...>> = true;

template <class F>
class TypedLifecycleFunction final : public LifecycleFunction {
  using Types = Signature<F>;
  using Value = typename TaskTraits<typename Types::Return>::Value;
  using Slots = typename Types::Slots;
  static_assert(
      std::is_void_v<Value>,
      "serval: the return value of a start or stop function, a service or a repeated function is not used; let "
      "it return void or Task<void>");

  template <class... As>
  struct Call {
    static_assert((needs_no_request<std::remove_cvref_t<As>> && ...),
                  "serval: a start or stop function, a service and a repeated function are called without a request; "
                  "they take State<T>, Stopping and Blocking");
    static std::span<const ArgumentSpec> specs() { return {argument_specs<As...>, sizeof...(As)}; }
    static void fill(const LifecycleArguments& arguments, Slots& storage) {
      fill_all(arguments, storage, std::index_sequence_for<As...>{});
    }

   private:
    template <std::size_t... I>
    static void fill_all(const LifecycleArguments& arguments, Slots& storage, std::index_sequence<I...>) {
      void* const addresses[] = {&std::get<I>(storage)..., nullptr};
      arguments.fill(specs(), addresses);
    }
  };
  using Typed = typename Types::template Arguments<Call>;
  using Invoke = typename Types::template Arguments<Caller>;

 public:
  static constexpr bool is_coroutine = TaskTraits<typename Types::Return>::is_task;

  explicit TypedLifecycleFunction(F function) : function_(std::move(function)) {}

  [[nodiscard]] http::Pending call(const LifecycleArguments& arguments) const override {
    if constexpr (is_coroutine) {
      return http::Pending(run<Value>(function_, arguments));
    } else {
      Slots storage{};
      Typed::fill(arguments, storage);
      Invoke::invoke(function_, storage);
      return {};
    }
  }
  [[nodiscard]] std::span<const ArgumentSpec> arguments() const noexcept override { return Typed::specs(); }

 private:
  template <class V>
  static typename LaterTask<void, V>::Type run(const F& function, LifecycleArguments arguments) {
    Slots storage{};
    Typed::fill(arguments, storage);
    co_await Invoke::invoke(function, storage);
  }

  F function_;
};

template <class F>
std::unique_ptr<const LifecycleFunction> make_lifecycle_function(F function) {
  return std::make_unique<const TypedLifecycleFunction<F>>(std::move(function));
}

}  // namespace serval::detail
