// SPDX-License-Identifier: MIT
// A handler's task that continues while the test does other things: it runs whenever the test waits for something.
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <exception>
#include <utility>

#include <serval/handler/pending.hpp>

#include "testing/test_loop.hpp"

namespace serval::detail {

class TestTask {
 public:
  /// `on_done` keeps alive everything that the task uses, including this object.
  template <class Done>
  void start(TestLoop& loop, http::Pending pending, Done on_done) {
    is_running_ = true;
    boost::asio::co_spawn(loop.context(), pending.take(),
                          boost::asio::bind_cancellation_slot(
                              cancellation_.slot(), [this, on_done = std::move(on_done)](const std::exception_ptr&) {
                                is_running_ = false;
                                on_done();
                              }));
  }
  [[nodiscard]] bool is_running() const noexcept { return is_running_; }
  /// Called on the loop: Asio would defer a call from elsewhere until the task may be destroyed.
  void cancel(TestLoop& loop) {
    bool is_told = false;
    boost::asio::post(loop.context(), [&] {
      if (is_running_) cancellation_.emit(boost::asio::cancellation_type::terminal);
      is_told = true;
    });
    loop.run_until([&] { return is_told; }, TestLoop::Clock::time_point::max());
  }
  /// Waits for its end, and cancels it if that takes longer. A task that ignores this is left running.
  void end(TestLoop& loop, std::chrono::milliseconds timeout) noexcept {
    try {
      const auto is_done = [this] { return !is_running_; };
      if (loop.run_until(is_done, TestLoop::Clock::now() + timeout)) return;
      cancel(loop);
      loop.run_until(is_done, TestLoop::Clock::now() + timeout);
    } catch (...) {
      // Out of memory: the task keeps the objects that it needs.
    }
  }

 private:
  boost::asio::cancellation_signal cancellation_;
  bool is_running_ = false;
};

}  // namespace serval::detail
