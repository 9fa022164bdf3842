// SPDX-License-Identifier: MIT
// How a request ended: what observers are told once the last byte of its answer has left.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include <serval/handler/outcome.hpp>

namespace serval::http {

/// How a request ended.
enum class Ending : std::uint8_t {
  complete,     ///< the whole answer was sent
  client_gone,  ///< the client went, or took too long to read, before that
  deadline,     ///< the handler met its deadline, and the answer is the 503 in place of its own
  failed,       ///< the handler failed after the head was sent, and the answer was cut off
  stopped,      ///< the server stopped and did not wait any longer
};

/// "complete", "client_gone" and so on, for logs and metrics. Lifetime: static.
[[nodiscard]] std::string_view to_text(Ending ending) noexcept;

}  // namespace serval::http

namespace serval {

/// What a middleware's `finished` is told. Lifetime: that of the call.
struct Finished {
  /// The status that was sent; 0 where no head was. A WebSocket's is 101.
  int status = 0;
  /// Bytes of the body that were handed to the operating system, as they were sent: compressed ones count as such,
  /// the framing of chunks does not. Of a WebSocket, all that was sent after the handshake.
  std::uint64_t bytes = 0;
  /// From the complete head of the request to the last byte of its answer.
  std::chrono::steady_clock::duration duration{0};
  /// The pattern of the route, "/items/{item_id}"; the prefix of a mount where nothing within it is a route; of a
  /// mounted application the pattern within that, and `Request::root_path` has the prefix. Empty where none took the
  /// request.
  std::string_view route{};
  /// How it ended.
  http::Ending ending = http::Ending::complete;
  /// What became of the handler, as `finish` of the values of dependencies is told it. Only middleware of an
  /// application sees it; its status is that above.
  Outcome outcome{};
};

}  // namespace serval
