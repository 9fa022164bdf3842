// SPDX-License-Identifier: MIT
// An answer that is sent part by part while its handler still runs.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string_view>

#include <serval/base/task_fwd.hpp>

namespace serval::http {

class Exchange;

}  // namespace serval::http

namespace serval {

/// Thrown out of a write to a stream when the client wants no more of it, as of the answer to a HEAD. A handler need
/// not catch it; it is no fault.
class StreamEnded : public std::runtime_error {
 public:
  StreamEnded() : std::runtime_error("the client wants no more of the answer") {}
};

}  // namespace serval

namespace serval::http {

/// Implemented by whoever carries answers: the connection, the test client.
class AnswerStream {
 public:
  virtual ~AnswerStream() = default;
  /// Sends the head that `exchange.response` has, where that was not sent yet, then the bytes; waits while the client
  /// is behind. Called on the loop of the exchange. Errors: StreamEnded; `boost::system::system_error`
  /// (operation_aborted) once the client is gone or the handler is cancelled.
  [[nodiscard]] virtual detail::Task<void> write(Exchange& exchange, std::string_view bytes) = 0;
  /// Sends that text whenever nothing was sent for so long, from the next write on. 0: never, the default.
  /// Lifetime: of the text, static.
  virtual void keep_alive(std::chrono::milliseconds silence, std::string_view text) = 0;
};

}  // namespace serval::http
