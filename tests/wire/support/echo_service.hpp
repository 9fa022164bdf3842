// SPDX-License-Identifier: MIT
// A small service for tests of the server alone: it returns the request that it received, and misbehaves on demand.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <serval/base/task.hpp>
#include <serval/handler/service.hpp>
#include <serval/server/server.hpp>

namespace serval::testing {

/// GET /echo returns "<method> <target> <body>"; see `serve` for the other paths. Tests read the counters afterwards.
class EchoService : public http::Service {
 public:
  std::uint64_t max_body_bytes = 1024 * 1024;
  std::chrono::milliseconds handler_deadline{0};
  std::function<void()> on_held;  ///< called when a request for /hold begins to wait
  mutable std::atomic<int> served{0};
  mutable std::atomic<int> finished{0};
  mutable std::atomic<int> cancelled{0};

  http::Admission admit(http::Exchange& exchange) const noexcept override {
    return {.skip_body = exchange.request.raw_path() == "/missing",
            .max_body_bytes = max_body_bytes,
            .handler_deadline = handler_deadline};
  }

  http::Pending serve(http::Exchange& exchange) const noexcept override {
    const Request& request = exchange.request;
    Response& response = exchange.response;
    ++served;
    const std::string_view path = request.raw_path();
    if (path == "/hold") return http::Pending(hold(exchange));
    if (path == "/later") return http::Pending(later(exchange));
    if (path == "/hold-behind") return http::Pending(hold_behind(exchange));
    if (path == "/missing") response.set_status(404);
    if (path == "/large") {
      response.set_body(std::string(8 * 1024 * 1024, 'x'));
      return {};
    }
    if (path == "/medium") {
      response.set_body(std::string(medium_bytes, 'x'));
      return {};
    }
    if (path.starts_with("/status/")) response.set_status(std::stoi(std::string(path.substr(8))));
    if (path == "/framing") {
      response.headers().add("content-length", "999");
      response.headers().add("transfer-encoding", "chunked");
      response.headers().add("connection", "close");
    }
    if (path == "/background") exchange.background.add([this] { ++background; });
    std::string body;
    body.append(request.method_text()).append(" ").append(request.target()).append(" ").append(request.body());
    if (const auto host = request.header("x-echo")) body.append(" ").append(*host);
    response.set_content_type("application/json");
    response.set_body(std::move(body));
    return {};
  }

  void refuse(http::Exchange& exchange, int status, std::string_view detail) const noexcept override {
    exchange.response.reset();
    exchange.response.set_status(status);
    exchange.response.set_content_type("application/json");
    exchange.response.set_body("{\"detail\":\"" + std::string(detail) + "\"}");
  }

  http::Pending finish(http::Exchange& exchange, const Finished&) const noexcept override {
    http::Pending work = exchange.background.run();
    ++finished;
    return work;
  }

  /// The size of a response to /medium: the server writes a few of them together.
  static constexpr std::size_t medium_bytes = 12 * 1024;

  /// Lets all requests for /hold continue.
  void let_go() { held_->store(false); }
  mutable std::atomic<int> background{0};

 private:
  // Polls every millisecond, because a test calls `let_go` from another thread.
  Task<void> hold(http::Exchange& exchange) const {
    if (on_held) on_held();
    try {
      boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
      for (const auto held = held_; held->load();) {
        timer.expires_after(std::chrono::milliseconds(1));
        co_await timer.async_wait(boost::asio::use_awaitable);
      }
    } catch (...) {
      ++cancelled;
      throw;
    }
    exchange.response.set_body("held " + std::string(exchange.request.target()));
  }

  // Like /hold if an earlier response still waits for the client to read, else responds at once. For tests with one
  // connection.
  Task<void> hold_behind(http::Exchange& exchange) const {
    if (finished + 1 < served) co_await hold(exchange);
  }

  static Task<void> later(http::Exchange& exchange) {
    co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
    exchange.response.set_body("later " + std::string(exchange.request.body()));
  }

  std::shared_ptr<std::atomic<bool>> held_ = std::make_shared<std::atomic<bool>>(true);
};

/// Server options for tests: any free port, one thread, no warnings about blocked loops.
[[nodiscard]] inline ServerOptions test_options() {
  ServerOptions options;
  options.port = 0;
  options.threads = 1;
  options.stall_threshold = std::chrono::milliseconds{0};
  return options;
}

}  // namespace serval::testing
