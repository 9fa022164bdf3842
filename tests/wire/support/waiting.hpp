// SPDX-License-Identifier: MIT
// How tests wait: on their own thread for another thread, and in coroutines of handlers.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <thread>

#include <serval/base/task.hpp>

namespace serval::testing {

/// Waits until another thread makes the condition true. Returns false if that takes more than ten seconds.
template <class Condition>
[[nodiscard]] bool eventually(const Condition& condition) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::yield();
  }
  return true;
}

/// Suspends a handler for the given time.
inline Task<void> wait(std::chrono::milliseconds time) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

/// Suspends a handler until its loop has run what is ready.
inline Task<void> at_once() {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
}

}  // namespace serval::testing
