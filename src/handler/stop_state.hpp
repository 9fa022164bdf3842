// SPDX-License-Identifier: MIT
// The state behind `Stopping`: whether the stop was requested, and the coroutines that wait for it.
#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <mutex>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/stopping.hpp>

namespace serval::detail {

class Waiter;

/// Thread safety: all of it.
class StopState : public std::enable_shared_from_this<StopState> {
 public:
  StopState() = default;
  StopState(const StopState&) = delete;
  StopState& operator=(const StopState&) = delete;

  /// REQUIRES: owned by a shared_ptr.
  [[nodiscard]] Stopping handle() noexcept { return Stopping(shared_from_this()); }

  [[nodiscard]] bool is_requested() const noexcept { return is_requested_.load(std::memory_order_acquire); }
  /// Requests the stop and resumes all waiting coroutines. REQUIRES: their executors are alive.
  void request() noexcept;
  /// Waits until the stop is requested. If `state` is null, waits until it is cancelled.
  [[nodiscard]] static Task<void> wait(std::shared_ptr<StopState> state);

 private:
  class Place;

  std::atomic<bool> is_requested_{false};
  std::mutex mutex_;  // guards waiters_; held while they are told, so that none is removed meanwhile
  std::list<std::shared_ptr<Waiter>> waiters_;
};

}  // namespace serval::detail
