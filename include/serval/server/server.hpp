// SPDX-License-Identifier: MIT
// Serves an application over HTTP/1.1: `Server server{app, options}; server.start();`.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <serval/handler/service.hpp>
#include <serval/server/server_options.hpp>
#include <serval/server/server_stats.hpp>

namespace boost::asio {
class io_context;
}

namespace serval {

/// One or several listening addresses and the connections that come to them. Any number of servers can live in a
/// process; a server installs no signal handler and touches nothing global.
///
/// Lifetime: the service, and the caller's io_context where there is one, must outlive the server: declare the
/// application, then the context, then the server. Once the server has gone, context and service may go in either
/// order. A handler that was still waiting ends with the context: where the service goes first, what the handler holds
/// must not refer to what went with it, and the context must not run again.
/// Thread safety: every member but construction and destruction may be called from any thread, also from a handler
/// where it does not say otherwise.
class Server {
 public:
  /// With `options.threads` threads of its own, one event loop on each. Errors: SetupError for options that contradict
  /// each other.
  explicit Server(const http::Service& service, ServerOptions options = {});
  /// On the caller's io_context, which any number of threads may run: a connection lives on a strand there. The server
  /// starts no thread and does nothing while nobody runs the context.
  Server(const http::Service& service, boost::asio::io_context& context, ServerOptions options = {});

  /// `stop(0 ms)` and `join()`. On a caller's io_context it waits, however long it takes, for blocking handlers and
  /// other work of the pool that has begun; what has not is dropped. It waits for coroutines as long as the context
  /// runs elsewhere, at most a second: those that are still waiting then, or that wait on a context which has stopped,
  /// are left to it; they do not touch the server again.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Has the service prepare and start, binds, listens and begins to serve; once. Start functions of an application run
  /// on this thread, those that are coroutines on a loop of their own, also where a caller's io_context is not running;
  /// it returns once they have ended. Where it throws, what they had started was stopped again.
  /// Errors: what the service's `prepare` and `start` throw; `std::system_error` that names the address where it cannot
  /// be bound, or where there is no thread to be had; `std::logic_error` at a second call. After the others it may be
  /// called again.
  void start();

  /// The TCP port that it listens on, of several the first: the chosen one where the option is 0. 0 before `start()`.
  [[nodiscard]] std::uint16_t port() const noexcept;
  /// Where it listens, in the order of the options: "http://127.0.0.1:8000", "unix:/run/shop.sock". None before
  /// `start()`.
  [[nodiscard]] std::vector<std::string> addresses() const;

  /// Stops gracefully, without waiting for it: after `ServerOptions::stop_delay` it accepts no new connection, closes
  /// idle ones, answers what is in flight with `connection: close`, tells `Stopping`; at the deadline it cuts the rest
  /// and cancels their handlers. A further call can only bring the deadline forward; 0 ends the delay too. Does nothing
  /// before `start()`; while that runs, the start functions are told by `Stopping`, and the server stops, without
  /// delay, once they have ended.
  void stop(std::chrono::milliseconds deadline);
  /// `stop(options.stop_deadline)`.
  void stop();

  /// Waits until the server has stopped: no connection is left, no handler and no service runs; its own threads have
  /// ended. Then it calls the application's stop functions. It does not stop the server. A handler that ignores its
  /// cancellation keeps it waiting. On a caller's io_context that has stopped it waits for blocking handlers alone,
  /// since nothing else can end any more then. Errors: `std::system_error` (resource_deadlock_would_occur) when called
  /// from a handler.
  void join();
  /// As `join()`, at most so long; tells whether the server has stopped.
  bool join_for(std::chrono::milliseconds at_most);

  /// What it has counted, at any time: before `start()` nothing, after the stop what there was at last. To count costs
  /// requests no lock and no shared variable; a call costs some reads for each event loop, and posts a task to each for
  /// `loop_lag`.
  [[nodiscard]] ServerStats stats() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace serval
