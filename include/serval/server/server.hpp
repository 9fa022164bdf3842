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

/// One or several listening addresses and their connections. A process may have any number of servers; a server
/// installs no signal handler and changes no global state.
///
/// Lifetime: the service, and the caller's io_context if there is one, must outlive the server: declare the
/// application, then the context, then the server. After the server is destroyed, context and service may be destroyed
/// in either order. A handler that is still waiting ends with the context: if the service is destroyed first, objects
/// in the handler must not refer to objects that were destroyed with it, and the context must not run again.
/// Thread safety: every member except construction and destruction may be called from any thread, and from a handler
/// unless it says otherwise.
class Server {
 public:
  /// A server with `options.threads` own threads and one event loop on each. Errors: SetupError for options that are
  /// out of range or contradict each other.
  explicit Server(const http::Service& service, ServerOptions options = {});
  /// A server on the caller's io_context, which any number of threads may run: each connection lives on a strand. The
  /// server starts no thread and does nothing while no thread runs the context.
  Server(const http::Service& service, boost::asio::io_context& context, ServerOptions options = {});

  /// Calls `stop(0 ms)` and `join()`. On a caller's io_context it waits without a time limit for blocking handlers and
  /// other work of the pool that has begun, and drops work that has not. It waits for coroutines while another thread
  /// runs the context, at most one second: coroutines that still wait after that, or that wait on a stopped context,
  /// remain there; they do not use the server again.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Prepares and starts the service, binds, listens and begins to serve; call it once. Start functions of an
  /// application run on this thread, coroutines on a separate loop, even if a caller's io_context is not running;
  /// `start` returns after they have ended. If it throws, what they started has been stopped again.
  /// Errors: exceptions of the service's `prepare` and `start`; `std::system_error` that names the address if it cannot
  /// be bound, or if no thread can be created; `std::logic_error` at a second call. After the other errors it may be
  /// called again.
  void start();

  /// The TCP port on which it listens, the first if there are several; the port that the system chose if the option is
  /// 0. 0 before `start()`.
  [[nodiscard]] std::uint16_t port() const noexcept;
  /// The addresses on which it listens, in the order of the options: "http://127.0.0.1:8000", "unix:/run/shop.sock".
  /// None before
  /// `start()`.
  [[nodiscard]] std::vector<std::string> addresses() const;

  /// Begins a graceful shutdown and returns at once: after `ServerOptions::stop_delay` the server accepts no new
  /// connection, closes idle ones, answers requests in flight with `connection: close`, and sets `Stopping`; at the
  /// deadline it closes the remaining connections and cancels their handlers. A further call can only bring the
  /// deadline forward; 0 also ends the delay. Does nothing before `start()`; while that runs, `Stopping` tells the
  /// start functions, and the server stops without delay after they have ended.
  void stop(std::chrono::milliseconds deadline);
  /// `stop(options.stop_deadline)`.
  void stop();

  /// Waits until the server has stopped: no connection is left, no handler and no service runs, its own threads have
  /// ended. Then it calls the application's stop functions. It does not stop the server. It waits for a handler that
  /// ignores its cancellation. On a caller's io_context that has stopped, it waits only for blocking handlers, since
  /// nothing else can end any more. Errors: `std::system_error` (resource_deadlock_would_occur) if called from a
  /// handler.
  void join();
  /// As `join()`, but waits at most this long; returns whether the server has stopped.
  bool join_for(std::chrono::milliseconds at_most);

  /// The server's statistics, at any time: all 0 before `start()`, the last values after the stop. Counting costs
  /// requests no lock and no shared variable; a call costs some reads for each event loop, and posts a task to each for
  /// `loop_lag`.
  [[nodiscard]] ServerStats stats() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace serval
