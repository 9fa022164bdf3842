// SPDX-License-Identifier: MIT
// A notification that a coroutine waits for, to check its condition again.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include <serval/base/task.hpp>

namespace serval::detail {

/// Thread safety: none; to be used on the executor that it was made with.
class Change {
 public:
  explicit Change(const boost::asio::any_io_executor& executor)
      : timer_(executor, boost::asio::steady_timer::time_point::max()) {}

  /// Wakes all current waiters; they check themselves what has changed.
  void tell() { timer_.cancel(); }

  /// Ends after `tell`, when this object is destroyed, or when the task is cancelled: the waiter has to check which it
  /// was.
  [[nodiscard]] Task<void> wait() {
#ifndef __clang_analyzer__              // it takes the frame of Asio's awaitable for one without a thread
    boost::system::error_code ignored;  // cancelled, as it always is
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
#endif
    co_return;
  }

 private:
  boost::asio::steady_timer timer_;  // never expires
};

}  // namespace serval::detail
