// SPDX-License-Identifier: MIT
// Threads for handlers that block, so that no event loop has to wait for them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <serval/base/task_fwd.hpp>

namespace serval::detail {

/// A fixed number of threads and a bounded queue before them. Thread safety: any member from any thread, also from
/// work that runs on it; destruction from outside only.
class BlockingPool {
 public:
  /// `threads`: 0 for as many as the machine has processors. `max_queued`: what may wait beyond the work that runs;
  /// 0: nothing waits. Threads start with the first work.
  BlockingPool(std::size_t threads, std::size_t max_queued);
  /// Finishes what runs and drops what waits.
  ~BlockingPool();
  BlockingPool(const BlockingPool&) = delete;
  BlockingPool& operator=(const BlockingPool&) = delete;

  /// Queues work; false, and nothing done, when all threads are busy and the queue is full. Work must not throw.
  bool try_post(std::function<void()> work);
  /// Queues work before all other, whatever waits: work that gives back what other work, also that which runs, may be
  /// waiting for. So it has a thread of its own besides, which starts when it is first needed. False only when the pool
  /// is being destroyed.
  bool post_first(std::function<void()> work);
  /// How much work waits for a thread.
  [[nodiscard]] std::size_t queued() const noexcept;

 private:
  enum class Takes : std::uint8_t { all, first_only };
  void run_thread(Takes takes);
  [[nodiscard]] bool start_thread_if_needed();

  const std::size_t max_threads_;
  const std::size_t max_queued_;
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable wake_;
  std::condition_variable wake_reserve_;
  std::deque<std::function<void()>> first_;  // is taken before queue_
  std::deque<std::function<void()>> queue_;
  std::vector<std::thread> threads_;
  std::thread reserve_;   // takes from first_ alone
  std::size_t idle_ = 0;  // of threads_, those that wait for work
  bool stopping_ = false;
};

/// Runs `work` on the pool and goes on with the awaiting coroutine on its own executor.
/// Cancellation: work cannot be interrupted and refers to the request, so the coroutine waits for its end even when
/// it is cancelled meanwhile; the next `co_await` then notices.
/// Errors: what `work` throws; `Unavailable` when the pool is full or is being destroyed.
/// Lifetime: the pool must outlive the coroutine.
[[nodiscard]] Task<void> run_blocking(BlockingPool& pool, std::function<void()> work);

/// The same for work that must be done: it goes before what waits, no bound refuses it, and the end of a server waits
/// for it. Errors: what `work` throws; `Unavailable`, and nothing done, when the pool is being destroyed.
[[nodiscard]] Task<void> run_blocking_first(BlockingPool& pool, std::function<void()> work);

}  // namespace serval::detail
