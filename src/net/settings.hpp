// SPDX-License-Identifier: MIT
// The server's options that connections need; the room `server` fills them in.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include <serval/handler/middleware.hpp>
#include <serval/http/limits.hpp>
#include <serval/http/web_socket_options.hpp>

#include "net/protocols.hpp"

namespace spdlog {
class logger;
}

namespace serval::detail {

/// `ServerOptions` explains the options, their units and the meaning of 0, under the same names.
struct Settings {
  http::Limits limits;
  http::Timeouts timeouts;
  WebSocketOptions web_sockets;
  std::size_t max_connections = 0;
  std::size_t max_requests_per_connection = 0;
  std::size_t max_requests_in_flight = 0;
  bool cancel_on_half_close = false;
  std::chrono::milliseconds linger{0};
  std::chrono::milliseconds stop_grace{0};
  std::chrono::milliseconds stall_threshold{0};
  bool date_header = true;
  bool server_header = true;
  /// The protocols that a transport may negotiate.
  Protocols protocols{};
  /// Its `finished` is called for every request of the server, before that of the application's middleware.
  std::optional<routing::Middleware> observer;
  std::shared_ptr<spdlog::logger> logger;  ///< never null
  /// The clock for tests of deadlines. Null: the system's clock.
  std::function<std::chrono::steady_clock::time_point()> clock{};
};

}  // namespace serval::detail
