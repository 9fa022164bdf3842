// SPDX-License-Identifier: MIT
// Every wait of a loop's connections in one structure, so that an operation costs a store and not a timer. No I/O:
// the loop asks it when to wake and tells it the time.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace serval::detail {

using SteadyTime = std::chrono::steady_clock::time_point;

/// A min-heap that is put in order late: a deadline that moves into the future, as one does with every request of a
/// connection, is only noted; its place is mended when the old time comes up.
/// Thread safety: none; it belongs to one loop.
class Deadlines {
 public:
  static constexpr SteadyTime never = SteadyTime::max();

  /// Something that waits; derive from it.
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
    /// The deadline has passed; it is `never` by now. May set it again, and may destroy the waiter.
    virtual void on_deadline() = 0;

    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    SteadyTime due_ = never;    // what is meant
    SteadyTime place_ = never;  // what the heap is ordered by; never later than due_
    std::size_t index_ = absent;
  };

  /// `never` takes a deadline back.
  void set(Waiter& waiter, SteadyTime due);
  /// Must be called before a waiter that ever had a deadline is destroyed.
  void remove(Waiter& waiter) noexcept;

  /// When `expire` has to be called next; may be earlier than the first deadline.
  [[nodiscard]] SteadyTime next() const noexcept { return heap_.empty() ? never : heap_.front()->place_; }
  /// Calls `on_deadline` of each waiter whose time has come.
  void expire(SteadyTime now);

 private:
  void sift_up(std::size_t index) noexcept;
  void sift_down(std::size_t index) noexcept;
  void put(std::size_t index, Waiter* waiter) noexcept;

  std::vector<Waiter*> heap_;  // heap_[i]->index_ == i
};

}  // namespace serval::detail
