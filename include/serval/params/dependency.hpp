// SPDX-License-Identifier: MIT
// The thin wrapper around a function that handlers depend on. Plan and Resolution, which are compiled once, find, order
// and share dependencies.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <serval/params/bind.hpp>
#include <serval/params/dependency_value.hpp>
#include <serval/params/guard.hpp>
#include <serval/schema/reflect.hpp>

namespace serval::detail {

/// A function that others depend on.
struct DependencyOps {
  std::string_view name;
  const ArgumentSpec* arguments;
  std::size_t argument_count;
  bool is_coroutine;
  /// `function`: the object to call, null if the function is a constant. Errors: exceptions of the function.
  http::Pending (*call)(const void* function, DependencyCall& call);
  /// Adds the security requirement of the function, with the scopes that its uses require. Null: none. Otherwise it is
  /// a guard, and is called before others.
  void (*add_security)(std::vector<openapi::SecurityRequirement>& requirements,
                       std::span<const std::string_view> scopes) = nullptr;
  /// Null: it cannot tell whether its credential is there.
  const CredentialOps* credential = nullptr;
  /// Whether the document shows the schemes below it as alternatives, or as one requirement.
  bool combines_schemes = false;
  /// Whether the response lists the errors of a `ValidationError` that it throws with those of the arguments.
  bool notes_faults = false;
  /// Whether it takes the request without its body, so that it can be called before the body is read.
  bool reads_only_head = false;
};

/// One use of a dependency.
struct DependencyUse {
  const void* key;  // identifies the function: uses with the same key share its value
  const DependencyOps* ops;
  bool is_cached;
  bool is_after_body;
  http::Exchange::Until until;
  void (*assign)(void* slot, void* value);     // null if no argument takes the value
  std::span<const std::string_view> scopes{};  // that this use requires
};

/// A function of type `F` whose value its dependents see as a `T`.
template <class F, class T>
struct TypedDependency {
  using Types = Signature<F>;
  using Returned = typename TaskTraits<typename Types::Return>::Value;
  using Call = typename Types::template Arguments<Caller>;
  static constexpr bool is_coroutine = TaskTraits<typename Types::Return>::is_task;
  static_assert(Types::template Arguments<StreamOf>::template can_read<typename Types::Return>());
  static constexpr bool is_borrowed = std::is_same_v<Returned, Borrowed<T>>;
  static constexpr bool is_result = !is_borrowed && !std::is_same_v<Returned, typename DependencyValue<Returned>::Type>;

  static http::Pending call(const F& function, DependencyCall& call) {
    if constexpr (is_coroutine) {
      return http::Pending(run<Returned>(function, call));
    } else {
      typename Call::Slots storage{};
      if (!Call::fill(call, storage)) return {};
      if constexpr (is_borrowed) {
        call.value = const_cast<void*>(static_cast<const void*>(Call::invoke(function, storage).value));
      } else {
        keep_made<T>(call, [&]() -> T {
          if constexpr (is_result) {
            return unwrap(Call::invoke(function, storage));
          } else {
            return static_cast<T>(Call::invoke(function, storage));
          }
        });
      }
      call.is_done = true;
      return {};
    }
  }

  template <class... As>
  struct SpecsOf {
    static constexpr const ArgumentSpec* data = argument_specs<As...>;
    static constexpr std::size_t size = sizeof...(As);
  };
  using Specs = typename Types::template Arguments<SpecsOf>;

 private:
  template <class V>
  static typename LaterTask<void, V>::Type run(const F& function, DependencyCall& call) {
    typename Call::Slots storage{};
    if (!Call::fill(call, storage)) co_return;
    if constexpr (std::is_void_v<V>) {
      co_await Call::invoke(function, storage);
    } else {
      V returned = co_await Call::invoke(function, storage);
      keep_made<T>(call, [&]() -> T {
        if constexpr (is_result) {
          return unwrap(std::move(returned));
        } else {
          return static_cast<T>(std::forward<V>(returned));
        }
      });
    }
    call.is_done = true;
  }
};

template <class F, class T>
constexpr DependencyOps make_dependency_ops(std::string_view name,
                                            http::Pending (*call)(const void*, DependencyCall&)) {
  using Typed = TypedDependency<F, T>;
  return {.name = name,
          .arguments = Typed::Specs::data,
          .argument_count = Typed::Specs::size,
          .is_coroutine = Typed::is_coroutine,
          .call = call};
}

template <auto Function>
inline constexpr auto constant_function = Function;

/// The function behind a template argument: itself, or the object that it points to.
template <auto Function>
constexpr const auto& dependency_function() {
  if constexpr (std::is_pointer_v<decltype(Function)> && std::is_class_v<std::remove_pointer_t<decltype(Function)>>) {
    return *Function;
  } else {
    return constant_function<Function>;
  }
}
template <auto Function>
using DependencyFunction = std::remove_cvref_t<decltype(dependency_function<Function>())>;
template <auto Function>
using DependencyResult = DependencyValueOf<typename Signature<DependencyFunction<Function>>::Return>;

template <auto Function>
http::Pending call_constant(const void*, DependencyCall& call) {
  using Typed = TypedDependency<DependencyFunction<Function>, DependencyResult<Function>>;
  return Typed::call(dependency_function<Function>(), call);
}
template <class F, class T>
http::Pending call_object(const void* function, DependencyCall& call) {
  return TypedDependency<F, T>::call(*static_cast<const F*>(function), call);
}

template <auto Function>
inline constexpr CredentialOps credential_ops{
    .is_there = [](const Request& request) { return dependency_function<Function>().has_credential(request); },
    .refusal = []() -> HttpError { return dependency_function<Function>().refusal(); }};

template <auto Function>
constexpr DependencyOps constant_dependency_ops() {
  DependencyOps ops = make_dependency_ops<DependencyFunction<Function>, DependencyResult<Function>>(
      function_name<Function>(), &call_constant<Function>);
  using F = DependencyFunction<Function>;
  if constexpr (TellsOfCredential<F>) ops.credential = &credential_ops<Function>;
  if constexpr (requires { F::combination; }) {
    ops.name = F::combination;
    ops.combines_schemes = true;
  }
  if constexpr (AsksForIdentity<F>) {
    ops.add_security = [](auto& requirements, std::span<const std::string_view> scopes) {
      add_requirement(requirements, dependency_function<Function>().security(), scopes);
    };
  }
  return ops;
}
template <auto Function>
inline constexpr DependencyOps dependency_ops = constant_dependency_ops<Function>();
/// For a function object that replaces another dependency, whose value is a `T`.
template <class F, class T>
inline constexpr DependencyOps replacement_ops = make_dependency_ops<F, T>({}, &call_object<F, T>);

/// Whether an `F` can replace a function that returns a `T`.
template <class F, class T>
concept StandsIn = std::is_void_v<T> || std::is_convertible_v<DependencyValueOf<typename Signature<F>::Return>, T>;

/// Only its address is used.
template <auto Function>
inline constexpr char dependency_key = 0;

}  // namespace serval::detail
