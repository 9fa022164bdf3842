// SPDX-License-Identifier: MIT
// A service for tests of WebSockets without an application: each path has its own handler.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <string>

#include <serval/base/log.hpp>
#include <serval/base/task.hpp>
#include <serval/handler/service.hpp>
#include <serval/handler/web_socket_channel.hpp>
#include <serval/server/server.hpp>

#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/waiting.hpp"
#include "tests/wire/support/web_socket_client.hpp"

namespace serval::testing {

/// Accepts the handshake without a subprotocol or header fields.
inline Task<void> accept(http::WebSocketChannel& channel) {
  const http::WebSocketAccept nothing;
  co_await channel.accept(nothing);
}

/// Sends back each message that it receives.
inline Task<void> echo_messages(http::WebSocketChannel& channel) {
  co_await accept(channel);
  for (;;) {
    const WebSocketMessage message = co_await channel.receive();
    co_await channel.send(message.kind, message.data);
  }
}

/// Accepts the handshake and waits for one message.
inline Task<void> accept_and_wait(http::WebSocketChannel& channel) {
  co_await accept(channel);
  (void)co_await channel.receive();
}

/// "/" echoes. Handshakes for other paths go to `handlers`, or get 403. Requests that are not handshakes get "plain".
class WebSocketService : public http::Service {
 public:
  using Handler = std::function<Task<void>(http::WebSocketChannel&)>;
  std::map<std::string, Handler> handlers{{"/", echo_messages}};
  std::chrono::milliseconds handler_deadline{0};
  mutable std::atomic<int> finished{0};

  /// Returns how the first handler ended: the code of a WebSocketDisconnect; 0: it returned; -1: it threw another
  /// exception, as a cancelled handler does; -2: it has not ended within ten seconds.
  [[nodiscard]] int ending() const {
    auto ended = ending_.get_future();
    return ended.wait_for(std::chrono::seconds{10}) == std::future_status::ready ? ended.get() : -2;
  }

  http::Admission admit(http::Exchange& exchange) const noexcept override {
    (void)exchange;
    return {.handler_deadline = handler_deadline};
  }
  http::Pending serve(http::Exchange& exchange) const noexcept override {
    const std::string path(exchange.request.raw_path());
    if (exchange.web_socket != nullptr) {
      if (const auto found = handlers.find(path); found != handlers.end())
        return http::Pending(run(exchange, found->second));
      exchange.response.set_status(403);
      return {};
    }
    exchange.response.set_body("plain");
    return {};
  }
  void refuse(http::Exchange& exchange, int status, std::string_view detail) const noexcept override {
    exchange.response.reset();
    exchange.response.set_status(status);
    exchange.response.set_body(std::string(detail));
  }
  http::Pending finish(http::Exchange& exchange, const Finished&) const noexcept override {
    http::Pending work = exchange.background.run();
    ++finished;
    return work;
  }

 private:
  Task<void> run(http::Exchange& exchange, const Handler& handler) const {
    int ending = -1;
    std::exception_ptr fault;
    try {
      co_await handler(*exchange.web_socket);
      ending = 0;
    } catch (const WebSocketDisconnect& disconnect) {
      ending = disconnect.code();
    } catch (...) {
      fault = std::current_exception();
    }
    try {
      ending_.set_value(ending);
    } catch (const std::future_error&) {
      // A handler has ended before; only the first one counts.
    }
    if (fault) std::rethrow_exception(fault);
  }

  mutable std::promise<int> ending_;
};

/// A running server with this service.
class WebSocketServer {
 public:
  using SetUp = std::function<void(WebSocketService&, ServerOptions&)>;
  explicit WebSocketServer(const SetUp& set_up = {}) : server_(service_, options_for(set_up, service_)) {
    server_.start();
  }
  /// Sends handshakes for "/" to this handler.
  explicit WebSocketServer(WebSocketService::Handler handler, const SetUp& set_up = {})
      : WebSocketServer([&](WebSocketService& service, ServerOptions& options) {
          service.handlers["/"] = std::move(handler);
          if (set_up) set_up(service, options);
        }) {}

  [[nodiscard]] WebSocketService& service() noexcept { return service_; }
  [[nodiscard]] Server& server() noexcept { return server_; }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] WebSocketClient connect(std::string_view path = "/", std::string_view fields = {}) const {
    return WebSocketClient(server_.port(), path, fields);
  }

 private:
  static ServerOptions options_for(const SetUp& set_up, WebSocketService& service) {
    ServerOptions options = test_options();
    options.logger = make_logger("off");
    if (set_up) set_up(service, options);
    return options;
  }

  WebSocketService service_;
  Server server_;
};

/// Gives the server of a test these options.
inline WebSocketServer::SetUp with_options(WebSocketOptions web_sockets) {
  return [web_sockets](WebSocketService&, ServerOptions& options) { options.web_sockets = web_sockets; };
}

}  // namespace serval::testing
