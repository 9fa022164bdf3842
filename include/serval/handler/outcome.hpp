// SPDX-License-Identifier: MIT
// What became of a request's handler: what values of dependencies and observers are told.
#pragma once

#include <cstdint>
#include <exception>

namespace serval {

/// What became of a request, for `finish` of a dependency's value, and for `finished` of a middleware as
/// `Finished::outcome`. Lifetime: that of the call; a `finish` that is a coroutine may refer to it until its end.
struct Outcome {
  /// What happened.
  enum class What : std::uint8_t {
    success,      ///< the handler has returned an answer, whatever its status
    exception,    ///< the handler, a dependency or another value's `finish` has thrown or returned an error
    cancelled,    ///< the handler was cancelled, and nobody said why
    client_gone,  ///< the client went, or took too long to read, before it had the whole answer
    deadline,     ///< the handler met its deadline, and the client got a 503
    stopped,      ///< the server stopped and did not wait any longer
  };
  /// What happened. Default: success.
  What what = What::success;
  /// The status of the answer; of an exception the one that it leads to without error handlers. Default 0: there is
  /// none, since the client got no answer.
  int status = 0;
  /// What was thrown; for a request that was given up what ended its handler. May be null also where `what` is
  /// `exception`: for an `HttpError` that was returned while nothing was there to be told of it.
  std::exception_ptr exception{};

  /// Whether there is an answer and its status is below 400: what a transaction commits for.
  [[nodiscard]] bool succeeded() const noexcept { return what == What::success && status < 400; }
};

}  // namespace serval
