// SPDX-License-Identifier: MIT
// The value of a dependency: what its dependents see of a return type, and who owns it during the request.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

#include <serval/handler/exchange.hpp>
#include <serval/params/answers.hpp>
#include <serval/params/kept_ops.hpp>

namespace serval::detail {

class Binding;

/// A running call of a dependency. It outlives the task that the call may return.
struct DependencyCall {
  http::Exchange& exchange;
  const Binding& binding;  // the dependency's own arguments
  http::Exchange::Until until;
  bool is_done = false;   // false after the call: an argument was invalid, the function was not called
  void* value = nullptr;  // its return value; null for nothing
};

template <class T>
struct DependencyValue {
  using Type = T;
};
template <class T>
struct DependencyValue<Result<T>> {
  using Type = T;
};
/// The return value of a function whose value belongs to one of its dependencies.
template <class T>
struct Borrowed {
  T* value;
};
template <class T>
struct DependencyValue<Borrowed<T>> {
  using Type = T;
};
/// What the dependents of a function that returns `R` get.
template <class R>
using DependencyValueOf = typename DependencyValue<typename TaskTraits<R>::Value>::Type;

template <class T, class Make>
void keep_made(DependencyCall& call, Make make) {
  if constexpr (std::is_void_v<T>) {
    make();
  } else if constexpr (std::is_lvalue_reference_v<T>) {
    call.value = const_cast<void*>(static_cast<const void*>(&make()));  // Depends<f> restores the constness
  } else {
    std::unique_ptr<T> value(new T(make()));  // constructed in place: `T` need not be movable
    call.exchange.keep(value.get(), kept_ops<T>, call.until);
    call.value = value.release();
  }
}

template <class T>
T unwrap(Result<T>&& result) {
  if (!result.has_value()) throw std::get<1>(std::move(result));
  return std::get<0>(std::move(result));
}

}  // namespace serval::detail
