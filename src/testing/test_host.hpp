// SPDX-License-Identifier: MIT
// A test client as its application sees it: one loop, which runs while the test waits for something.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

#include <serval/handler/host.hpp>
#include <serval/handler/service.hpp>

#include "handler/loop_objects.hpp"
#include "handler/stop_state.hpp"
#include "testing/test_loop.hpp"

namespace serval::detail {

/// Lifetime: work that remains on the loop may own it, so it does not own the loop, which outlives `stop`.
class TestHost final : public http::Host, public std::enable_shared_from_this<TestHost> {
 public:
  explicit TestHost(TestLoop& loop) : test_loop_(loop), executor_(loop.context().get_executor()) {}

  [[nodiscard]] const Stopping& stopping() const noexcept override { return stopping_; }
  [[nodiscard]] std::size_t loop_count() const noexcept override { return 1; }
  [[nodiscard]] const boost::asio::any_io_executor& loop(std::size_t) const noexcept override { return executor_; }
  void hold() noexcept override { ++held_; }
  void release() noexcept override { --held_; }

  /// Errors: exceptions of the service.
  void start(const http::Service& service) {
    service.start(shared_from_this());
    service_ = &service;
    LoopObjects::of(test_loop_.context()).attach();
    service.launch(shared_from_this());
  }
  enum class Streams : std::uint8_t { none, open };  // streams of this client, which they may outlive
  /// Lets the service's own work continue for this time. Objects of `PerLoop` are destroyed here, or with the loop if
  /// they are still in use.
  void stop(std::chrono::milliseconds timeout, Streams streams) noexcept {
    if (service_ == nullptr) return;
    stop_->request();
    const auto due = TestLoop::Clock::now() + timeout;
    service_->stop(*this, due);
    service_->drain(*this);  // requests have ended, or wait for the test to continue
    try {
      // The same time again for work that is being cancelled.
      test_loop_.run_until([this] { return held_ == 0; }, due + std::max(timeout, std::chrono::milliseconds(1'000)));
    } catch (...) {
      // Out of memory: it is destroyed with the loop.
    }
    if (held_ == 0 && streams == Streams::none) LoopObjects::of(test_loop_.context()).detach();
    if (held_ == 0)
      service_->end(*this);
    else
      service_->abandon(*this);
    service_ = nullptr;
  }

 private:
  TestLoop& test_loop_;
  const boost::asio::any_io_executor executor_;
  const std::shared_ptr<StopState> stop_ = std::make_shared<StopState>();
  const Stopping stopping_ = stop_->handle();
  std::atomic<int> held_{0};
  const http::Service* service_ = nullptr;  // set if it has started
};

}  // namespace serval::detail
