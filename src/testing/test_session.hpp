// SPDX-License-Identifier: MIT
// The common part of all exchanges that continue while the test observes them.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <serval/handler/service.hpp>
#include <serval/testing/test_client.hpp>

#include "testing/test_task.hpp"
#include "testing/test_transport.hpp"

namespace serval::detail {

class TestSession {
 public:
  TestSession(const TestSession&) = delete;
  TestSession& operator=(const TestSession&) = delete;

  [[nodiscard]] http::Exchange& exchange() noexcept { return exchange_; }
  [[nodiscard]] const TestMessage& message() const noexcept { return message_; }
  /// The session may outlive the client.
  void keep_stopping() {
    stopping_ = *exchange_.stopping;
    exchange_.stopping = &stopping_;
  }
  [[nodiscard]] const TestResponse& response() const noexcept { return response_; }

 protected:
  TestSession(const http::Service& service, std::shared_ptr<TestLoop> loop, TestMessage message,
              std::chrono::milliseconds timeout)
      : service_(service), loop_(std::move(loop)), timeout_(timeout), message_(std::move(message)) {}
  ~TestSession() = default;

  /// Runs the application until the condition holds. Errors: `std::runtime_error` if that takes too long.
  template <class Condition>
  void wait_until(const Condition& condition) {
    if (!loop_->run_until(condition, TestLoop::Clock::now() + timeout_))
      throw std::runtime_error("the application sent nothing within " + std::to_string(timeout_.count()) + " ms");
  }

  /// Ends the request after the application has finished it; `bytes`: the bytes of the response that the client
  /// received. `self`: keeps this alive until everything has ended.
  void finish(std::uint64_t bytes, http::Ending ending, std::shared_ptr<void> self) noexcept {
    const Finished how{.status = response_.status,
                       .bytes = bytes,
                       .duration = TestLoop::Clock::now() - started_,
                       .route = exchange_.request.route(),
                       .ending = ending};
    if (http::Pending pending = service_.finish(exchange_, how))
      task_.start(*loop_, std::move(pending), [this, self = std::move(self)] { exchange_.reset(); });
    else
      exchange_.reset();
  }

  const http::Service& service_;
  const std::shared_ptr<TestLoop> loop_;
  const std::chrono::milliseconds timeout_;
  const TestMessage message_;  // the request refers to it
  const TestLoop::Clock::time_point started_ = TestLoop::Clock::now();
  Stopping stopping_;
  http::Exchange exchange_;
  TestResponse response_;
  TestTask task_;
};

}  // namespace serval::detail
