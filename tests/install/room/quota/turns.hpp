// SPDX-License-Identifier: MIT
// So many at a time; the others wait their turn, who came first is first.
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

/// Thread safety: all of it.
class Turns {
 public:
  explicit Turns(std::size_t count) : free_(count) {}

  /// Waits for a turn, which `give` gives on; false where none came in this time. A turn that comes together with the
  /// cancellation of the coroutine is taken: the next `co_await` then throws. Errors: `operation_aborted`.
  serval::Task<bool> take(std::chrono::milliseconds wait);
  void give();

 private:
  struct Waiter {
    explicit Waiter(const boost::asio::any_io_executor& executor, std::chrono::milliseconds wait)
        : timer(executor, wait) {}
    boost::asio::steady_timer timer;  // used on its executor alone, the coroutine's
    bool has_turn = false;            // guarded by mutex_ of the turns
  };
  std::mutex mutex_;
  std::size_t free_;                             // guarded by mutex_
  std::deque<std::shared_ptr<Waiter>> waiting_;  // guarded by mutex_; shared with what wakes them, which may come late
};

}  // namespace quota
