// SPDX-License-Identifier: MIT
// How a request ended: the information for observers after the last byte of its response was sent.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include <serval/handler/outcome.hpp>

namespace serval::http {

/// How a request ended.
enum class Ending : std::uint8_t {
  complete,     ///< the whole response was sent
  client_gone,  ///< the client disconnected, or read too slowly, before that
  deadline,     ///< the handler exceeded its deadline, and the response is a 503
  failed,       ///< the handler failed after the head was sent, and the response was cut off
  stopped,      ///< the server stopped and did not wait any longer
};

/// "complete", "client_gone" and so on, for logs and metrics. Lifetime: static.
[[nodiscard]] std::string_view to_text(Ending ending) noexcept;

}  // namespace serval::http

namespace serval {

/// The argument of a middleware's `finished`. Lifetime: valid during the call.
struct Finished {
  /// The status that was sent; 0 if no head was sent; 101 for a WebSocket.
  int status = 0;
  /// Bytes of the body that were passed to the operating system: after compression, without the framing of chunks. For
  /// a WebSocket, all bytes sent after the handshake.
  std::uint64_t bytes = 0;
  /// The time from the complete head of the request to the last byte of its response.
  std::chrono::steady_clock::duration duration{0};
  /// The pattern of the route, "/items/{item_id}"; for a mount without routes its prefix; for a mounted application the
  /// pattern inside it, and `Request::root_path` has the prefix. Empty if no route matched.
  std::string_view route{};
  /// How it ended.
  http::Ending ending = http::Ending::complete;
  /// How the handler ended, the same outcome that `finish` of dependency values gets. Only middleware of an application
  /// sees it; its status is that above.
  Outcome outcome{};
};

}  // namespace serval
