// SPDX-License-Identifier: MIT
// A coroutine that waits for something that happens on another thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>

#include <serval/base/task.hpp>

namespace serval::detail {

/// One wait of one coroutine. Its timer is used only on its executor, since the timers of an event loop may have no
/// locks. The mutex is for executors that several threads run at once.
class Waiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// The wait ends at `due` at the latest.
  explicit Waiter(const boost::asio::any_io_executor& executor, Time due = Time::max())
      : executor_(executor), timer_(executor, due) {}

  /// Ends the wait, which has begun or will begin. Any thread may call it. If memory runs out, it has no effect.
  static void tell(const std::shared_ptr<Waiter>& waiter) noexcept;
  /// The same before the wait begins, for the coroutine itself.
  void tell_now();

  enum class End : std::uint8_t { told, due, cancelled };
  /// Waits once. A cancellation of the task ends the wait and is not thrown. Lifetime: this outlives the task.
  [[nodiscard]] Task<End> wait();

 private:
  const boost::asio::any_io_executor executor_;
  std::mutex mutex_;  // guards all below
  bool is_told_ = false;
  boost::asio::steady_timer timer_;
};

}  // namespace serval::detail
