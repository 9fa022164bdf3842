// SPDX-License-Identifier: MIT
// Lets a limited number of coroutines run at a time; the others wait for a turn, in the order in which they came.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>

#include <serval/task.hpp>

namespace quota {

/// Thread safety: all functions.
class Turns {
 public:
  explicit Turns(std::size_t count) : free_(count) {}

  /// Waits for a turn, which `give` passes on. Returns false if there is none within this time. If a turn arrives
  /// together with the cancellation of the coroutine, the turn is taken, and the next `co_await` throws. Errors:
  /// `operation_aborted`.
  serval::Task<bool> take(std::chrono::milliseconds wait);
  void give();

 private:
  struct Waiter {
    explicit Waiter(const boost::asio::any_io_executor& executor, std::chrono::milliseconds wait)
        : timer(executor, wait) {}
    boost::asio::steady_timer timer;  // used only on its executor, which is the coroutine's
    bool has_turn = false;            // guarded by Turns::mutex_
  };
  std::mutex mutex_;
  std::size_t free_;                             // guarded by mutex_
  std::deque<std::shared_ptr<Waiter>> waiting_;  // guarded by mutex_; calls that `give` has posted share them
};

}  // namespace quota
