// SPDX-License-Identifier: MIT
// `Depends<f>`: a value that a function makes from the request, as an argument: a session, the current user, validated
// settings.
#pragma once

#include <cstdint>
#include <type_traits>

#include <serval/params/dependency.hpp>

namespace serval::detail {

/// Options for one use of a dependency: `Depends<open_session, no_cache>`.
enum class DependsOption : std::uint8_t { no_cache, until_answer, after_body };

}  // namespace serval::detail

namespace serval {

/// Calls the function separately for this use; the other uses in the request share one value.
inline constexpr detail::DependsOption no_cache = detail::DependsOption::no_cache;
/// Finishes and destroys the value as soon as the handler has returned or thrown, before the response is sent, so that
/// an exception from `finish` becomes the response; by default the value lives until the response was sent. For a
/// streamed response it is finished before the first byte and destroyed after the handler has ended; for a WebSocket,
/// both happen after the handler has ended.
inline constexpr detail::DependsOption until_answer = detail::DependsOption::until_answer;
/// Calls the function after the body of the request has been read, although it does not need the body: for scarce
/// resources, such as a session from a pool, which a slow upload must not hold. If another use of the same value does
/// not have this option, the function is called before the body is read.
inline constexpr detail::DependsOption after_body = detail::DependsOption::after_body;

namespace detail {

template <detail::DependsOption Option, detail::DependsOption... Options>
inline constexpr bool has_option = ((Option == Options) || ...);

template <auto Function, detail::DependsOption... Options>
constexpr DependencyUse make_dependency_use(void (*assign)(void* slot, void* value)) {
  return {.key = &dependency_key<Function>,
          .ops = &dependency_ops<Function>,
          .is_cached = !has_option<detail::DependsOption::no_cache, Options...>,
          .is_after_body = has_option<detail::DependsOption::after_body, Options...>,
          .until = has_option<detail::DependsOption::until_answer, Options...> ? http::Exchange::Until::answer_is_made
                                                                               : http::Exchange::Until::answer_is_sent,
          .assign = assign};
}

}  // namespace detail

/// The value that a function returned for this request. The function's own arguments are read from the request like
/// those of a handler and may include further `Depends`; the document lists all of them.
/// ```
/// User current_user(Header<std::string, "x-token"> token, State<Users> users);
/// app.get("/me")([](Depends<current_user> user) { return json{{"name", user->name}}; });
/// ```
/// `f` is a function, a coroutine, a constant function object, or a pointer to a global one. It is called once per
/// request, before the handler, in the order of declaration, after its own dependencies. It may return a value, a
/// reference, nothing, or `Result<T>`; an `HttpError`, thrown or returned, ends the request.
///
/// Functions that do not need the body are called first, before the body is read, so that after their `HttpError` the
/// client need not upload it. A function object with a member `openapi::SecurityRequirement security() const` is a
/// guard: the document shows the requirement, and it is called, with its dependencies, before functions that are not
/// guards. Called after the body has arrived are: functions that take the body or a part of it, functions that take the
/// whole `Request` and are neither guards nor marked as reading only its head (see `Argument`), those with the option
/// `after_body`, and those that depend on one of these. A guard that takes the `Request` sees only its head, before the
/// `around` of middleware; a guard that needs the body takes it as an argument.
///
/// All uses of the same function with the same `until_answer` share the value. Its destructor is the tear-down: it runs
/// after the response was sent, in reverse order of creation. It must not throw, since nothing could catch the
/// exception; tear-down that can fail belongs into a member `finish`, which runs just before it: `void finish()`,
/// `void finish(const Outcome&)`, or either as a coroutine, `Task<void>`. Cancelling the request interrupts neither.
/// With `until_answer`, an exception from `finish` becomes the response, for a streamed response before its first byte;
/// otherwise it is logged. If the value has a member `void on_exception(std::exception_ptr)`, it is called with the
/// exception of the handler or of a dependency after it; it may throw another exception instead. For a reference that
/// the function returned, none of these is called.
///
/// On a `blocking` route the functions, except coroutines, are called on the pool, and their values end there.
/// Everything else runs on the connection's event loop, always including a `finish` that is a coroutine.
///
/// Errors: the 422 response lists errors of the arguments with the handler's own, and the function is not called.
/// Lifetime: the value lives as long as the request.
template <auto FunctionNotType, detail::DependsOption... Options>
class Depends {
 public:
  using Value = detail::DependencyResult<FunctionNotType>;

 private:
  using Target = std::remove_reference_t<Value>;

 public:
  [[nodiscard]] Target& operator*() const noexcept { return *value_; }
  [[nodiscard]] Target* operator->() const noexcept { return value_; }
  [[nodiscard]] Target& value() const noexcept { return *value_; }
  operator Target&() const noexcept { return *value_; }  // implicit: acts as the value

 private:
  friend struct detail::ArgumentTraits<Depends>;
  Target* value_ = nullptr;
};

/// A dependency without a value: only its checks matter.
template <auto Function, detail::DependsOption... Options>
requires std::is_void_v<detail::DependencyResult<Function>>
class Depends<Function, Options...> {
 public:
  using Value = void;
};

namespace detail {
template <class T>
inline constexpr bool is_depends = false;
template <auto Function, detail::DependsOption... Options>
inline constexpr bool is_depends<Depends<Function, Options...>> = true;
}  // namespace detail

}  // namespace serval

namespace serval::routing {

/// A dependency of a route, a router or an application whose value no argument takes:
/// `app.get("/items", {.dependencies = {depends<verify_token>}})`.
struct Dependency {
  explicit constexpr Dependency(const detail::DependencyUse* use_) noexcept : use(use_) {}
  /// A plain function, or an argument: a compile error.
  template <class F>
  requires(detail::LooksCallable<F> || detail::is_depends<std::remove_cvref_t<F>>) Dependency(F&&) {
    static_assert(!std::is_same_v<F, F>,
                  "serval: to list a dependency whose value is not used, write depends<function>: "
                  "{.dependencies = {depends<function>}}");
  }

  const detail::DependencyUse* use;  ///< made by `depends<f>`
};

}  // namespace serval::routing

namespace serval {

namespace detail {

template <auto Function, detail::DependsOption... Options>
inline constexpr DependencyUse unused_dependency = make_dependency_use<Function, Options...>(nullptr);

template <auto Function, detail::DependsOption... Options>
struct ArgumentTraits<Depends<Function, Options...>> {
  using Slot = Depends<Function, Options...>;
  static constexpr DependencyUse use = make_dependency_use<Function, Options...>([](void* slot, void* value) {
    if constexpr (!std::is_void_v<typename Slot::Value>) {
      static_cast<Slot*>(slot)->value_ = static_cast<std::remove_reference_t<typename Slot::Value>*>(value);
    }
  });
  static constexpr ArgumentSpec spec() { return {.dependency = &use}; }
  static Slot& get(Slot& slot) { return slot; }
};
template <auto Function, detail::DependsOption... Options>
struct ArgumentTraits<const Depends<Function, Options...>&> : ArgumentTraits<Depends<Function, Options...>> {};

template <class T>
constexpr DependencyOps argument_dependency_ops() {
  constexpr auto from = &Argument<T>::from;
  static_assert(std::is_same_v<DependencyResult<from>, T>,
                "serval: Argument<T>::from returns T, Result<T> or a Task of one of them");
  DependencyOps ops = dependency_ops<from>;
  ops.name = type_name<T>();
  ops.notes_faults = true;
  ops.reads_only_head = HeadOnlyArgument<T>;
  if constexpr (GuardedArgument<T>) {
    ops.add_security = [](auto& requirements, std::span<const std::string_view> scopes) {
      add_requirement(requirements, Argument<T>::security(), scopes);
    };
  }
  return ops;
}

template <class A>
requires ArgumentByDependency<std::remove_cvref_t<A>>
struct ArgumentTraits<A> {
  using Value = std::remove_cvref_t<A>;
  using Slot = Value*;
  static_assert(std::is_reference_v<A> || std::is_copy_constructible_v<Value>,
                "serval: this argument is shared within its request and cannot be copied; take it by reference");
  static constexpr DependencyOps ops = argument_dependency_ops<Value>();
  static constexpr DependencyUse use{
      .key = &dependency_key<&Argument<Value>::from>,
      .ops = &ops,
      .is_cached = true,
      .is_after_body = false,
      .until = http::Exchange::Until::answer_is_sent,
      .assign = [](void* slot, void* value) { *static_cast<Slot*>(slot) = static_cast<Value*>(value); }};
  static constexpr ArgumentSpec spec() { return {.dependency = &use}; }
  static Value& get(Slot slot) { return *slot; }
};

template <auto Function, detail::DependsOption... Options>
inline constexpr bool stands_for_value<Depends<Function, Options...>> = true;

}  // namespace detail

/// `depends<verify_token>`: a dependency without an argument, see `routing::Dependency`.
template <auto Function, detail::DependsOption... Options>
inline constexpr routing::Dependency depends{&detail::unused_dependency<Function, Options...>};

template <class J, auto Function, detail::DependsOption... Options>
void to_json(J& out, const Depends<Function, Options...>& dependency) {
  out = *dependency;
}

}  // namespace serval
