// SPDX-License-Identifier: MIT
// A program that embeds a server in its own io_context, and destroys what it owns in the order that the test chooses.
#pragma once

#include <boost/asio/io_context.hpp>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include <serval/app/app.hpp>
#include <serval/server/server.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"

namespace serval::testing {

/// What is destroyed first after the server.
enum class Order { context_first, app_first };

class EmbeddingProgram {
 public:
  explicit EmbeddingProgram(AppOptions options = {}) : app_(std::make_unique<App>(std::move(options))) {}
  ~EmbeddingProgram() { end(Order::context_first); }
  EmbeddingProgram(const EmbeddingProgram&) = delete;
  EmbeddingProgram& operator=(const EmbeddingProgram&) = delete;

  [[nodiscard]] App& app() { return *app_; }
  [[nodiscard]] Server& server() { return *server_; }
  /// Ready once the server, the context and the application have been destroyed.
  [[nodiscard]] std::shared_future<void> is_gone() const { return is_gone_; }

  /// Starts the server, and `threads` threads that run the context.
  void start(int threads = 1, ServerOptions options = test_options()) {
    server_ = std::make_unique<Server>(*app_, *context_, std::move(options));
    server_->start();
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { context_->run(); });
  }
  [[nodiscard]] RawClient connect() const { return RawClient(server_->port()); }
  void stop_context() {
    context_->stop();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }
  void end_server() { server_.reset(); }
  void end(Order order) {
    if (!context_) return;
    stop_context();
    end_server();
    if (order == Order::app_first) app_.reset();
    context_.reset();
    app_.reset();
    gone_.set_value();
  }

 private:
  std::promise<void> gone_;
  std::shared_future<void> is_gone_ = gone_.get_future().share();
  std::unique_ptr<App> app_;
  std::unique_ptr<boost::asio::io_context> context_ = std::make_unique<boost::asio::io_context>();
  std::unique_ptr<Server> server_;
  std::vector<std::thread> threads_;
};

}  // namespace serval::testing
