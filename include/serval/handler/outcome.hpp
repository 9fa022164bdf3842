// SPDX-License-Identifier: MIT
// How a request's handler ended: the information for values of dependencies and for observers.
#pragma once

#include <cstdint>
#include <exception>

namespace serval {

/// How a request ended, for `finish` of a dependency's value, and for `finished` of a middleware as
/// `Finished::outcome`. Lifetime: valid during the call; a `finish` that is a coroutine may refer to it until its end.
struct Outcome {
  /// What happened.
  enum class What : std::uint8_t {
    success,      ///< the handler has returned a response, of any status
    exception,    ///< the handler, a dependency or another value's `finish` has thrown or returned an error
    cancelled,    ///< the handler was cancelled, and no reason is known
    client_gone,  ///< the client disconnected, or read too slowly, before it had the whole response
    deadline,     ///< the handler exceeded its deadline, and the client got a 503
    stopped,      ///< the server stopped and did not wait any longer
  };
  /// What happened. Default: success.
  What what = What::success;
  /// The status of the response; for an exception the status without error handlers. Default 0: the client got no
  /// response.
  int status = 0;
  /// The exception; for an abandoned request the one that ended its handler. May be null even if `what` is `exception`:
  /// for an `HttpError` that was returned while there was no value to be told of it.
  std::exception_ptr exception{};

  /// Whether there is a response and its status is below 400: the condition for committing a transaction.
  [[nodiscard]] bool succeeded() const noexcept { return what == What::success && status < 400; }
};

}  // namespace serval
