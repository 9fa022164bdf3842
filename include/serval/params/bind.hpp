// SPDX-License-Identifier: MIT
// The thin wrapper around a user's function: it reads the signature and stores the arguments during a call. The code
// that is the same for every function is compiled in Binding and respond.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <serval/params/argument.hpp>
#include <serval/params/handler.hpp>
#include <serval/params/stream_spec.hpp>
#include <serval/schema/reflect.hpp>

namespace serval {

namespace detail {

template <class R, class... As>
struct SignatureOf {
  using Return = R;
  using Slots = std::tuple<typename ArgumentTraits<As>::Slot...>;
  template <template <class...> class To>
  using Arguments = To<As...>;
};

/// The signature of a callable. A generic lambda has none.
template <class F>
struct Signature {
  static_assert(!std::is_same_v<F, F>,
                "serval: the signature of this handler cannot be read; correct the errors in it first, if there are "
                "any; otherwise write out the types of its parameters, since a template cannot be a handler");
};
template <class F>
requires requires { &F::operator(); }
struct Signature<F> : Signature<decltype(&F::operator())> {};
/// Marks a handler that blocks; see `blocking`.
template <class F>
struct BlockingFunction {
  F function;
  template <class... As>
  decltype(auto) operator()(As&&... arguments) const {
    return function(std::forward<As>(arguments)...);
  }
};
template <class F>
inline constexpr bool is_blocking = false;
template <class F>
inline constexpr bool is_blocking<BlockingFunction<F>> = true;

template <class F>
struct Signature<BlockingFunction<F>> : Signature<F> {};
template <class R, class... As>
struct Signature<R (*)(As...)> : SignatureOf<R, As...> {};
template <class R, class... As>
struct Signature<R (*)(As...) noexcept> : SignatureOf<R, As...> {};
template <class C, class R, class... As>
struct Signature<R (C::*)(As...) const> : SignatureOf<R, As...> {};
template <class C, class R, class... As>
struct Signature<R (C::*)(As...) const noexcept> : SignatureOf<R, As...> {};
// Refused if it is not const: such a handler would change while several threads call it.
template <class C, class R, class... As>
struct Signature<R (C::*)(As...)> : SignatureOf<R, As...> {
  static_assert(!std::is_same_v<C, C>,
                "serval: a handler is called by several threads at once, so its call operator must be const: remove "
                "`mutable` and capture a reference to the changing state, which needs an atomic or a mutex");
};
template <class C, class R, class... As>
struct Signature<R (C::*)(As...) noexcept> : Signature<R (C::*)(As...)> {};

/// A task type that is incomplete where the template is defined, and complete only where it is used.
template <class T, class>
struct LaterTask {
  using Type = Task<T>;
};

template <class... As>
struct Caller {
  using Slots = std::tuple<typename ArgumentTraits<As>::Slot...>;

  /// False: the handler must not be called, see `Binding::extract`.
  static bool extract(http::Exchange& exchange, const Binding& binding, Slots& storage) {
    return extract_all(exchange, binding, storage, std::index_sequence_for<As...>{});
  }
  /// As above, for a dependency: false if an argument is invalid; its error has been recorded.
  template <class DependencyCall>
  static bool fill(DependencyCall& call, Slots& storage) {
    return fill_all(call, storage, std::index_sequence_for<As...>{});
  }
  template <class F>
  static decltype(auto) invoke(const F& function, Slots& storage) {
    return invoke_all(function, storage, std::index_sequence_for<As...>{});
  }

 private:
  template <std::size_t... I>
  static bool extract_all(http::Exchange& exchange, const Binding& binding, Slots& storage, std::index_sequence<I...>) {
    void* const addresses[] = {&std::get<I>(storage)..., nullptr};
    return binding.extract(exchange, addresses);
  }
  template <class DependencyCall, std::size_t... I>
  static bool fill_all(DependencyCall& call, Slots& storage, std::index_sequence<I...>) {
    void* const addresses[] = {&std::get<I>(storage)..., nullptr};
    return call.binding.fill(call.exchange, addresses);
  }
  template <class F, std::size_t... I>
  static decltype(auto) invoke_all(const F& function, Slots& storage, std::index_sequence<I...>) {
    return function(ArgumentTraits<As>::get(std::get<I>(storage))...);
  }
};

/// The name of a function given as template argument.
template <auto Function>
constexpr std::string_view function_name() {
  constexpr std::string_view text = pretty<Function>();
  constexpr std::size_t begin = text.find("Value = ") + 8;
  std::string_view name = text.substr(begin, text.find_first_of(";]", begin) - begin);
  while (!name.empty() && !is_identifier(name.back())) name.remove_suffix(1);
  std::size_t start = name.size();
  while (start > 0 && is_identifier(name[start - 1])) --start;
  return name.substr(start);
}

template <class F>
class TypedHandler final : public Handler {
  using Types = Signature<F>;
  using Return = typename Types::Return;
  using Value = typename TaskTraits<Return>::Value;
  using Call = typename Types::template Arguments<Caller>;
  using Stream = typename Types::template Arguments<StreamOf>;
  static constexpr bool coroutine = TaskTraits<Return>::is_task;
  static_assert(!Stream::is_stream || (coroutine && std::is_void_v<Value>),
                "serval: a handler that sends its answer through a StreamWriter, JsonLines or EventSender, or that "
                "takes a WebSocket, must be a coroutine without a result: let it return Task<void>");
  static_assert(Stream::template can_read<Return>());

 public:
  explicit TypedHandler(F function) : function_(std::move(function)) {}

  http::Pending call(http::Exchange& exchange, const Binding& binding, const ResponseRule& rule) const override {
    if constexpr (coroutine) {
      return http::Pending(run<Value>(function_, exchange, binding, rule));
    } else {
      typename Call::Slots storage{};
      if (!Call::extract(exchange, binding, storage)) return {};
      if constexpr (std::is_void_v<Value>) {
        Call::invoke(function_, storage);
        respond_nothing(exchange, rule, 0);
      } else {
        respond(exchange, rule, Call::invoke(function_, storage));
      }
      return {};
    }
  }

  [[nodiscard]] std::span<const ArgumentSpec> arguments() const noexcept override {
    return Types::template Arguments<SpecsOf>::value();
  }
  [[nodiscard]] std::span<const ResponseSpec> responses() const noexcept override {
    if constexpr (Stream::is_stream) {
      return Stream::specs();
    } else {
      return ResponseSpecs<Value>::value;
    }
  }
  [[nodiscard]] bool is_coroutine() const noexcept override { return coroutine; }
  [[nodiscard]] bool blocks() const noexcept override { return is_blocking<F>; }

 private:
  template <class... As>
  struct SpecsOf {
    static std::span<const ArgumentSpec> value() { return {argument_specs<As...>, sizeof...(As)}; }
  };

  // All references outlive the task: the route owns function and binding, the connection owns the exchange.
  template <class V>
  static typename LaterTask<void, V>::Type run(const F& function, http::Exchange& exchange, const Binding& binding,
                                               ResponseRule rule) {
    typename Call::Slots storage{};
    if (!Call::extract(exchange, binding, storage)) co_return;
    if constexpr (Stream::is_stream) {
      begin_stream(exchange, rule);
      co_await Call::invoke(function, storage);
      end_stream(exchange, Stream::specs().front());
    } else if constexpr (std::is_void_v<V>) {
      co_await Call::invoke(function, storage);
      respond_nothing(exchange, rule, 0);
    } else {
      respond(exchange, rule, co_await Call::invoke(function, storage));
    }
  }

  F function_;
};

}  // namespace detail

/// A handler that runs on the pool for blocking work, as with `{.blocking = true}` in the route's options:
/// `app.get("/report")(blocking(make_report))`.
template <class F>
[[nodiscard]] detail::BlockingFunction<std::decay_t<F>> blocking(F&& function) {
  return {std::forward<F>(function)};
}

/// A member function bound to an object, as a handler: `app.get("/items")(bound(store, &Store::list))`.
/// Lifetime: `object` must outlive the application. Thread safety: the member is called by several threads at once.
template <class C, class R, class... As>
[[nodiscard]] auto bound(C& object, R (C::*member)(As...)) {
  return [&object, member](As... arguments) -> R { return (object.*member)(std::forward<As>(arguments)...); };
}
template <class C, class R, class... As>
[[nodiscard]] auto bound(const C& object, R (C::*member)(As...) const) {
  return [&object, member](As... arguments) -> R { return (object.*member)(std::forward<As>(arguments)...); };
}

}  // namespace serval
