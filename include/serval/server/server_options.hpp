// SPDX-License-Identifier: MIT
// How a server listens, how much it takes on, how long it waits. Every default is fit for a server that anyone may
// reach.
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

/// The options of a `Server`. Copied at construction; later changes have no effect.
struct ServerOptions {
  /// Numeric IPv4 or IPv6 address, or a name, of which the first address counts. "0.0.0.0" is every IPv4 address, "::"
  /// every address of both families. Default: this machine only.
  std::string host = "127.0.0.1";
  /// TCP port; 0 lets the system choose a free one, see `Server::port()`. Default 8000.
  std::uint16_t port = 8000;
  /// Where the server listens instead of at `host` and `port`, with the same threads for all of them: several ports,
  /// Unix sockets, sockets that systemd has opened. Default: none.
  std::vector<ListenerOptions> listeners{};
  /// Whether the port can be bound while connections of an earlier server linger on it. Default: yes, so that a
  /// restart does not have to wait.
  bool reuse_address = true;
  /// Connections that the system keeps waiting to be accepted. Default 2048; the system may allow less. 0: the
  /// system's least.
  int backlog = 2048;

  /// Event loops. With threads of its own a server runs one loop on each; on a caller's io_context it is how many of
  /// that context's threads can work for it at once. 0: as many as the machine has processors. Default 0.
  std::size_t threads = 0;

  /// Open connections; further ones wait in the backlog until one ends. Default 10 000; 0: no limit.
  std::size_t max_connections = 10'000;
  /// Requests that one connection may send; then it is closed. Default 10 000; 0: no limit.
  std::size_t max_requests_per_connection = 10'000;
  /// Requests whose handlers wait at the same time, as coroutines and blocking handlers do; a further one is answered
  /// 503 with `retry-after: 1`. Default 0: no limit.
  std::size_t max_requests_in_flight = 0;
  /// Bounds on one request.
  http::Limits limits{};
  /// How long a peer may take.
  http::Timeouts timeouts{};
  /// What WebSockets may do.
  WebSocketOptions web_sockets{};

  /// Whether a client that closes its sending side while its handler waits counts as gone: the handler is cancelled,
  /// and no answer is sent. Default: no, since the client may wait for its answer still (RFC 9112 section 9.6), as `nc
  /// -N` and some proxies do; a client that has really gone is then found out by writing, or by the system's probes
  /// after some 90 s. Yes is for handlers that are costly or wait for long, where clients are browsers or HTTP
  /// libraries, which never close one side alone.
  bool cancel_on_half_close = false;
  /// How long to go on reading from a client that was refused while it may still be sending, so that the answer
  /// reaches it. Default 2 s; 0: close at once.
  std::chrono::milliseconds linger{2'000};
  /// How long the server goes on accepting and answering after `stop()`, so that proxies and load balancers notice that
  /// it is not ready any more before its port closes. Answers carry `connection: close` meanwhile. Part of
  /// `stop_deadline`. Default and 0: the port closes at once. Errors: SetupError by the constructor of `Server` where
  /// it is not shorter than `stop_deadline`.
  std::chrono::milliseconds stop_delay{0};
  /// As the server stops, a connection that was answered less than this ago is kept open for a request which may be on
  /// its way. Default 500 ms; 0: every idle connection is closed at once.
  std::chrono::milliseconds stop_grace{500};
  /// How long `stop()` lets requests in flight and services go on, `stop_delay` included; services that requests leave
  /// no other time have the second half of it. Default 8 s, since Docker kills a program after 10 s; 0: cuts them at
  /// once.
  std::chrono::milliseconds stop_deadline{8'000};

  /// Whether answers carry `server: serval`. Default: yes.
  bool server_header = true;
  /// Whether answers carry `date` (RFC 9110 section 6.6.1). Default: yes.
  bool date_header = true;

  /// Whether each request writes a line to the log, at level info. Default: yes for `App::run`, no for a `Server`; no
  /// costs nothing.
  std::optional<bool> access_log{};
  /// A handler that holds its event loop for longer is named in the log, at level warn. Default 100 ms; 0: never.
  std::chrono::milliseconds stall_threshold{100};
  /// Where the server logs. Null, the default: to standard error, by a logger of the server's own; spdlog's registry
  /// and its default logger are left alone.
  std::shared_ptr<spdlog::logger> logger{};
};

}  // namespace serval
