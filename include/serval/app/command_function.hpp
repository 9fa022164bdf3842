// SPDX-License-Identifier: MIT
// The thin wrapper around the function of a program's own command: its options, its other arguments, its exit code.
#pragma once

#include <memory>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include <serval/app/lifecycle_function.hpp>
#include <serval/handler/pending.hpp>
#include <serval/params/bind.hpp>
#include <serval/schema/type_of.hpp>

namespace serval::detail {

/// The interface of a command's function for compiled code.
class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  [[nodiscard]] virtual std::span<const ArgumentSpec> arguments() const noexcept = 0;
  /// The struct of its options; null if it has none.
  [[nodiscard]] virtual const Type* options() const noexcept = 0;
  /// Reads only the options. Errors: ValidationError.
  virtual void check_options(http::Exchange& exchange) const = 0;
  /// Calls the function and sets its exit code. Errors: exceptions of the function. Lifetime: all arguments outlive
  /// what this returns.
  [[nodiscard]] virtual http::Pending call(http::Exchange& exchange, const Binding& binding, int& exit_code) const = 0;
};

/// Binds the options of a command alone, and fills `slot`.
void read_command_options(const ArgumentSpec& options, http::Exchange& exchange, void* slot);

/// A plain struct: the options of a command.
template <class A>
constexpr bool is_command_options() {
  using Value = std::remove_cvref_t<A>;
  if constexpr (needs_no_request<Value> || ParameterTraits<Value>::is_parameter || HasArgument<Value>) {
    return false;
  } else if constexpr (std::is_class_v<Value> && std::is_aggregate_v<Value>) {
    return ArgumentTraits<A>::spec().parameters == &body_parameter<Value>;
  } else {
    return false;
  }
}

/// The members are read like query parameters.
template <class T>
inline constexpr ParameterSpec command_options_parameter{.source = Source::query,
                                                         .name = {},
                                                         .type = &type_of<T>,
                                                         .rules = &rules_of<>,
                                                         .address = nullptr,
                                                         .with_value = nullptr};

template <class A>
constexpr ArgumentSpec command_argument() {
  if constexpr (is_command_options<A>()) {
    return {.parameters = &command_options_parameter<std::remove_cvref_t<A>>, .parameter_count = 1};
  } else {
    constexpr ArgumentSpec spec = ArgumentTraits<A>::spec();
    static_assert(needs_no_request<std::remove_cvref_t<A>> || spec.dependency != nullptr,
                  "serval: a command is called without a request; it takes a plain struct with its options, State<T>, "
                  "Depends<function>, Stopping and Blocking");
    return spec;
  }
}

template <class... As>
inline constexpr ArgumentSpec command_arguments[] = {command_argument<As>()..., ArgumentSpec{}};

/// The type of the options among the arguments; void if there is none.
template <class... As>
struct CommandOptionsOf {
  using Type = void;
};
template <class A, class... As>
struct CommandOptionsOf<A, As...> {
  static_assert(!is_command_options<A>() || !(is_command_options<As>() || ...),
                "serval: a command takes one struct with its options; make the members of both one struct");
  using Type =
      std::conditional_t<is_command_options<A>(), std::remove_cvref_t<A>, typename CommandOptionsOf<As...>::Type>;
};

template <class F>
class TypedCommand final : public Command {
  using Types = Signature<F>;
  using Value = typename TaskTraits<typename Types::Return>::Value;
  using Call = typename Types::template Arguments<Caller>;
  using Options = typename Types::template Arguments<CommandOptionsOf>::Type;
  static constexpr bool is_coroutine = TaskTraits<typename Types::Return>::is_task;
  static_assert(std::is_void_v<Value> || std::is_same_v<Value, int>,
                "serval: a command returns its exit code, an int, or nothing; or a Task of these");

  template <class... As>
  struct SpecsOf {
    static std::span<const ArgumentSpec> value() { return {command_arguments<As...>, sizeof...(As)}; }
  };

 public:
  explicit TypedCommand(F function) : function_(std::move(function)) {}

  [[nodiscard]] std::span<const ArgumentSpec> arguments() const noexcept override {
    return Types::template Arguments<SpecsOf>::value();
  }
  [[nodiscard]] const Type* options() const noexcept override {
    if constexpr (std::is_void_v<Options>) {
      return nullptr;
    } else {
      return &type_of<Options>;
    }
  }
  void check_options([[maybe_unused]] http::Exchange& exchange) const override {
    if constexpr (!std::is_void_v<Options>) {
      Options value{};
      static constexpr ArgumentSpec spec = command_argument<Options>();
      read_command_options(spec, exchange, &value);
    }
  }
  [[nodiscard]] http::Pending call(http::Exchange& exchange, const Binding& binding, int& exit_code) const override {
    if constexpr (is_coroutine) {
      return http::Pending(run<Value>(function_, exchange, binding, exit_code));
    } else {
      typename Call::Slots storage{};
      if (!Call::extract(exchange, binding, storage)) return {};
      if constexpr (std::is_void_v<Value>) {
        Call::invoke(function_, storage);
      } else {
        exit_code = Call::invoke(function_, storage);
      }
      return {};
    }
  }

 private:
  template <class V>
  static typename LaterTask<void, V>::Type run(const F& function, http::Exchange& exchange, const Binding& binding,
                                               int& exit_code) {
    typename Call::Slots storage{};
    if (!Call::extract(exchange, binding, storage)) co_return;
    if constexpr (std::is_void_v<V>) {
      co_await Call::invoke(function, storage);
    } else {
      exit_code = co_await Call::invoke(function, storage);
    }
  }

  F function_;
};

}  // namespace serval::detail
