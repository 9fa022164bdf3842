// SPDX-License-Identifier: MIT
// The event loop of a test client: handlers that are coroutines run on it while the test waits for something.
#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <exception>
#include <utility>

#include <serval/base/task.hpp>

#include "base/event_loops.hpp"

namespace serval::detail {

class TestLoop {
 public:
  using Clock = std::chrono::steady_clock;
  enum class End { normal, fault, late };

  TestLoop() = default;
  TestLoop(const TestLoop&) = delete;
  TestLoop& operator=(const TestLoop&) = delete;
  /// The thread of a blocking handler may still be inside `context_`, where it returned the result: until it has left,
  /// it counts as work. This does not wait for a coroutine that a handler left running; the destructor of the context
  /// waits for a blocking handler.
  ~TestLoop() {
    context_.restart();
    context_.run_for(std::chrono::seconds(1));
  }

  [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }

  /// Runs pending work until `is_done`; false if that is not the case at `due`.
  template <class Condition>
  bool run_until(const Condition& is_done, Clock::time_point due) {
    // Calls may return from other threads, so there may be nothing to run meanwhile.
    const auto work = boost::asio::make_work_guard(context_);
    context_.restart();
    while (!is_done()) {
      if (context_.run_one_until(due) == 0) return is_done();
    }
    return true;
  }

  /// Runs a task to its end; a late task is cancelled, unless `has_answered` by then, and `on_late` is called before.
  /// `limit` 0: no limit.
  template <class Condition, class OnLate>
  End run(Task<void> task, std::chrono::milliseconds limit, const Condition& has_answered, const OnLate& on_late) {
    namespace asio = boost::asio;
    bool is_done = false, is_late = false, is_waiting = limit.count() != 0;
    const auto due = Clock::now() + limit;
    std::exception_ptr fault;
    asio::cancellation_signal cancellation;
    asio::steady_timer timer(context_);
    asio::co_spawn(context_, std::move(task),
                   asio::bind_cancellation_slot(cancellation.slot(), [&](const std::exception_ptr& thrown) {
                     is_done = true;
                     // Also if it has ended in spite of that, like blocking work.
                     is_late = is_late || (is_waiting && Clock::now() >= due && !has_answered());
                     fault = thrown;
                     timer.cancel();
                   }));
    if (is_waiting) {
      timer.expires_at(due);
      timer.async_wait([&](const boost::system::error_code&) {
        is_waiting = false;
        if (is_done || has_answered()) return;
        is_late = true;
        on_late();
        cancellation.emit(asio::cancellation_type::terminal);
      });
    }
    run_until([&] { return is_done && !is_waiting; }, Clock::time_point::max());
    if (is_late) return End::late;
    return fault ? End::fault : End::normal;
  }
  /// Runs a task to its end without a time limit.
  End run(Task<void> task) {
    return run(
        std::move(task), std::chrono::milliseconds(0), [] { return false; }, [] {});
  }

 private:
  boost::asio::io_context context_{1};
  const EventLoopMark mark_{context_};
};

}  // namespace serval::detail
