// SPDX-License-Identifier: MIT
// All deadlines of an event loop in one structure, so that setting one costs a store instead of a timer. No I/O: the
// loop asks when it has to wake up, and passes in the time.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace serval::detail {

using SteadyTime = std::chrono::steady_clock::time_point;

/// A min-heap that is sorted lazily. Moving a deadline into the future, which every request on a connection does, only
/// stores the new time; the position in the heap is corrected when the old time is reached.
/// Thread safety: none; it belongs to one loop.
class Deadlines {
 public:
  static constexpr SteadyTime never = SteadyTime::max();

  /// An object that has a deadline. Derive from it.
  class Waiter {
   public:
    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    [[nodiscard]] SteadyTime due() const noexcept { return due_; }

   protected:
    ~Waiter() = default;

   private:
    friend class Deadlines;
    /// Called when the deadline has passed; `due()` is `never` by then. May set a new deadline, and may destroy the
    /// waiter.
    virtual void on_deadline() = 0;

    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    SteadyTime due_ = never;    // the deadline
    SteadyTime place_ = never;  // the key that the heap is ordered by; never later than due_
    std::size_t index_ = absent;
  };

  /// Sets or replaces a deadline; `never` cancels it.
  void set(Waiter& waiter, SteadyTime due);
  /// Cancels a deadline. Must be called before a waiter that ever had a deadline is destroyed.
  void remove(Waiter& waiter) noexcept;

  /// Returns when `expire` must be called next, which may be earlier than the first deadline.
  [[nodiscard]] SteadyTime next() const noexcept { return heap_.empty() ? never : heap_.front()->place_; }
  /// Calls `on_deadline` of each waiter whose deadline has passed.
  void expire(SteadyTime now);

 private:
  void sift_up(std::size_t index) noexcept;
  void sift_down(std::size_t index) noexcept;
  void put(std::size_t index, Waiter* waiter) noexcept;

  std::vector<Waiter*> heap_;  // heap_[i]->index_ == i
};

}  // namespace serval::detail
