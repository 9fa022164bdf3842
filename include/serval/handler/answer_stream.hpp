// SPDX-License-Identifier: MIT
// A streamed response: it is sent part by part while its handler still runs.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string_view>

#include <serval/base/task_fwd.hpp>

namespace serval::http {

class Exchange;

}  // namespace serval::http

namespace serval {

/// Thrown by a write to a stream if the client needs no more data, for example for a HEAD. A handler need not catch it;
/// it is not an error.
class StreamEnded : public std::runtime_error {
 public:
  StreamEnded() : std::runtime_error("the client does not need the rest of the response") {}
};

}  // namespace serval

namespace serval::http {

/// Implemented by the connection and the test client.
class AnswerStream {
 public:
  virtual ~AnswerStream() = default;
  /// Sends the head of `exchange.response`, if it was not sent yet, then the bytes; waits while the client is behind
  /// (backpressure). Called on the loop of the exchange. Errors: StreamEnded; `boost::system::system_error`
  /// (operation_aborted) if the client is gone or the handler is cancelled.
  [[nodiscard]] virtual detail::Task<void> write(Exchange& exchange, std::string_view bytes) = 0;
  /// Sends `text` whenever nothing was sent for `silence`, from the next write on. 0: never, the default.
  /// Lifetime: the text is static.
  virtual void keep_alive(Exchange& exchange, std::chrono::milliseconds silence, std::string_view text) = 0;
};

}  // namespace serval::http
