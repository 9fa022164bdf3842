// SPDX-License-Identifier: MIT
// What a task on a test client's loop waits for.
#pragma once

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include <serval/base/task.hpp>

#include "testing/test_loop.hpp"

namespace serval::detail {

class TestChange {
 public:
  explicit TestChange(TestLoop& loop) : timer_(loop.context(), boost::asio::steady_timer::time_point::max()) {}

  /// Lets those go on that wait now; they look by themselves at what has changed.
  void tell() { timer_.cancel(); }
  [[nodiscard]] Task<void> wait() {
#ifndef __clang_analyzer__  // it takes the frame of Asio's awaitable for one without a thread
    boost::system::error_code ignored;
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
#endif
    co_return;
  }

 private:
  boost::asio::steady_timer timer_;  // never expires
};

}  // namespace serval::detail
