// SPDX-License-Identifier: MIT
// An error handler of any type, for one class of exceptions; see `App::on_error`.
#pragma once

#include <concepts>
#include <exception>
#include <functional>
#include <type_traits>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/handler/exchange.hpp>
#include <serval/http/http_error.hpp>
#include <serval/params/respond.hpp>

namespace serval::detail {

/// An error handler for one class of exceptions.
struct ErrorHandler {
  /// Sets the response and returns true if the exception is of the class.
  std::function<bool(const std::exception_ptr&, http::Exchange&)> answer;
  /// Whether the exception, a thrown pointer, points to an object of the class: shows at registration which class
  /// derives from which.
  bool (*catches_pointer)(const std::exception_ptr& thrown_pointer);
  std::exception_ptr pointer;
};

template <class E>
std::exception_ptr thrown_pointer_to() {
  return std::make_exception_ptr(static_cast<const E*>(nullptr));
}

/// Makes a response of the return value of a handler.
template <class F, class... As>
void respond_with(const F& handler, int status, http::Exchange& exchange, As&&... arguments) {
  using Return = std::invoke_result_t<const F&, As...>;
  static_assert(!TaskTraits<Return>::is_task, "serval: an error handler cannot be a coroutine");
  const ResponseRule rule{.status_code = status, .prefers_status_of_kind = true};
  if constexpr (std::is_void_v<Return>) {
    handler(std::forward<As>(arguments)...);
    respond_nothing(exchange, rule, 0);
  } else {
    respond(exchange, rule, handler(std::forward<As>(arguments)...));
  }
}
/// Calls the handler with the arguments that it takes: the error, the request, both or neither.
template <class E, class F>
void answer_error(const F& handler, int status, const E& error, http::Exchange& exchange) {
  if constexpr (std::invocable<const F&, const E&, Request&>) {
    respond_with(handler, status, exchange, error, exchange.request);
  } else if constexpr (std::invocable<const F&, const E&>) {
    respond_with(handler, status, exchange, error);
  } else if constexpr (std::invocable<const F&, Request&>) {
    respond_with(handler, status, exchange, exchange.request);
  } else {
    static_assert(std::invocable<const F&>,
                  "serval: an error handler takes the error by const reference, Request&, both or neither");
    respond_with(handler, status, exchange);
  }
}
/// The status of a response if the handler does not set one.
template <class E>
int status_of([[maybe_unused]] const E& error) {
  if constexpr (std::derived_from<E, HttpError>) {
    return error.status();
  } else {
    return std::derived_from<E, ValidationError> ? 422 : 500;
  }
}

}  // namespace serval::detail
