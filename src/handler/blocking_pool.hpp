// SPDX-License-Identifier: MIT
// Threads for handlers that block, so that no event loop has to wait for them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <serval/base/task_fwd.hpp>

#include "base/lag_probe.hpp"

namespace serval::detail {

/// A limited number of threads, and a bounded queue of work for them. Thread safety: any thread may call any member,
/// and so may work that runs on the pool; but such work must not destroy the pool.
class BlockingPool {
 public:
  /// `threads`: the largest number of threads, which start when they are first needed; 0: as many as the machine has
  /// processors. `max_queued`: how many pieces of work may wait besides those that run; 0: none.
  BlockingPool(std::size_t threads, std::size_t max_queued);
  /// Waits for the running work and drops the waiting work.
  ~BlockingPool();
  BlockingPool(const BlockingPool&) = delete;
  BlockingPool& operator=(const BlockingPool&) = delete;

  /// Queues work. Does nothing and returns false if all threads are busy and the queue is full, or if the pool is being
  /// destroyed. Work must not throw.
  bool try_post(std::function<void()> work);
  /// Queues work before all other work and beyond the limit. It is meant for work that releases something for which
  /// other work waits, queued or running. Running work may occupy every thread, so an additional thread takes only this
  /// kind of work; it starts when it is first needed. Returns false only if the pool is being destroyed.
  bool post_first(std::function<void()> work);
  /// How many pieces of work wait for a thread.
  [[nodiscard]] std::size_t queued() const noexcept;
  /// How long the work that the previous call has queued waited for a thread, or has waited so far; 0 if none waits.
  /// Queues the next one if other work waits.
  [[nodiscard]] std::chrono::nanoseconds lag();

 private:
  enum class Takes : std::uint8_t { all, first_only };
  void run_thread(Takes takes);
  [[nodiscard]] bool start_thread_if_needed();

  const std::size_t max_threads_;
  const std::size_t max_queued_;
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable wake_;
  std::condition_variable wake_reserve_;
  std::deque<std::function<void()>> first_;  // taken before queue_
  std::deque<std::function<void()>> queue_;
  std::vector<std::thread> threads_;
  std::thread reserve_;   // takes only from first_
  std::size_t idle_ = 0;  // how many of threads_ wait for work
  bool stopping_ = false;
  LagProbe lag_probe_;  // has no need of the mutex
};

/// Runs `work` on the pool; then the awaiting coroutine continues on its own executor.
/// Cancellation: work cannot be interrupted and refers to the request, so the coroutine waits for the end of the work
/// even if it is cancelled meanwhile; the next `co_await` then notices the cancellation.
/// Errors: exceptions of `work`; `Unavailable` if the pool is full or is being destroyed.
/// Lifetime: the pool must outlive the coroutine.
[[nodiscard]] Task<void> run_blocking(BlockingPool& pool, std::function<void()> work);

/// The same for work that must be done: it is taken before all other work, no limit refuses it, and a server waits for
/// it before it ends. Errors: exceptions of `work`; `Unavailable` if the pool is being destroyed and has not begun the
/// work.
[[nodiscard]] Task<void> run_blocking_first(BlockingPool& pool, std::function<void()> work);

}  // namespace serval::detail
