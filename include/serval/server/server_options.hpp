// SPDX-License-Identifier: MIT
// How a server listens, its limits and its timeouts. Every default is suitable for a server on a public network.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <serval/http/limits.hpp>
#include <serval/http/listener_options.hpp>
#include <serval/http/web_socket_options.hpp>

namespace spdlog {
class logger;
}

namespace serval {

/// The options of a `Server`. Copied at construction; later changes have no effect. Durations are from 0 to 100 years.
/// Errors: the constructor of `Server` throws SetupError, which names the option, if a value is out of range.
struct ServerOptions {
  /// A numeric IPv4 or IPv6 address, or a name, whose first address is used. "0.0.0.0" is every IPv4 address, "::"
  /// every address of both families; not empty. Default: this machine only.
  std::string host = "127.0.0.1";
  /// TCP port; 0 lets the system choose a free one, see `Server::port()`. Default 8000.
  std::uint16_t port = 8000;
  /// The addresses on which the server listens instead of `host` and `port`, with the same threads for all of them:
  /// several ports, Unix sockets, sockets that systemd has opened. Default: none.
  std::vector<ListenerOptions> listeners{};
  /// Whether the port can be bound while it still has closed connections of an earlier server. Default: yes, so that a
  /// restart need not wait.
  bool reuse_address = true;
  /// The number of connections that the system queues until they are accepted, 0 or more. Default 2048; the system may
  /// allow less. 0: the system's minimum.
  int backlog = 2048;

  /// The number of event loops, at most 1024. A server with its own threads runs one loop on each; on a caller's
  /// io_context it is the number of that context's threads that can work for the server at once. 0: as many as the
  /// machine has processors. Default 0.
  std::size_t threads = 0;

  /// Open connections; further ones wait in the backlog until one ends. Default 10 000; 0: no limit.
  std::size_t max_connections = 10'000;
  /// Requests that one connection may send; then it is closed. Default 10 000; 0: no limit.
  std::size_t max_requests_per_connection = 10'000;
  /// Requests whose handlers wait at the same time, as coroutines and blocking handlers do; a further one is answered
  /// with 503 and `retry-after: 1`. Default 0: no limit.
  std::size_t max_requests_in_flight = 0;
  /// Limits for one request.
  http::Limits limits{};
  /// How long a peer may take.
  http::Timeouts timeouts{};
  /// Limits and timeouts of WebSockets.
  WebSocketOptions web_sockets{};

  /// Whether a client that closes its sending side while its handler waits counts as disconnected: the handler is
  /// cancelled, and no response is sent. Default: no, since the client may still wait for its response (RFC 9112
  /// section 9.6), like `nc -N` and some proxies; a client that is really gone is then detected by a write, or by the
  /// system's keep-alive probes after some 90 s. Set it for handlers that are costly or wait long, if the clients are
  /// browsers or HTTP libraries, which never close only one side.
  bool cancel_on_half_close = false;
  /// How long to continue reading from a refused client that may still be sending, so that the response reaches it.
  /// Default 2 s; 0: close at once.
  std::chrono::milliseconds linger{2'000};
  /// How long the server continues to accept and answer after `stop()`, so that proxies and load balancers notice that
  /// it is not ready any more before its port closes. Responses then carry `connection: close`. It is part of
  /// `stop_deadline` and shorter than it. Default and 0: the port closes at once.
  std::chrono::milliseconds stop_delay{0};
  /// When the server stops, a connection whose last response was sent less than this ago stays open for a request that
  /// may be on its way. Default 500 ms; 0: every idle connection is closed at once.
  std::chrono::milliseconds stop_grace{500};
  /// How long requests in flight and services may continue after `stop()`, including `stop_delay`; if requests take all
  /// of the time, services have the second half of it. Default 8 s, since Docker kills a program after 10 s; 0: they
  /// are cancelled at once. A longer time than 100 years counts as 100 years.
  std::chrono::milliseconds stop_deadline{8'000};

  /// Whether responses carry `server: serval`. Default: yes.
  bool server_header = true;
  /// Whether responses carry `date` (RFC 9110 section 6.6.1). Default: yes.
  bool date_header = true;

  /// Whether each request writes a line to the log, at level info. Default: yes for `App::run`, no for a `Server`.
  /// Without it, logging costs nothing. Has no effect if the application has a middleware that logs requests, such as
  /// `AccessLog`, when the server is made.
  std::optional<bool> access_log{};
  /// The log names each handler that blocks its event loop for longer than this, at level warn. Default 100 ms; 0:
  /// never.
  std::chrono::milliseconds stall_threshold{100};
  /// The logger of the server. Null, the default: the server's own logger to standard error; spdlog's registry and its
  /// default logger are not used.
  std::shared_ptr<spdlog::logger> logger{};
};

}  // namespace serval
