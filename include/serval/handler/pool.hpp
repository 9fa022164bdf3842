// SPDX-License-Identifier: MIT
// Threads for blocking work, with a bounded number of threads and of waiting calls.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/http/unavailable.hpp>

namespace serval {

namespace detail {

class BlockingPool;

[[nodiscard]] Task<void> call_on(BlockingPool& pool, std::function<void()> work);

template <class Value>
[[nodiscard]] Task<Value> value_of(Task<void> call, std::shared_ptr<std::optional<Value>> value) {
  co_await std::move(call);
  co_return std::move(**value);
}

/// Calls `work` on the pool; the result returns to the coroutine's loop. Errors: exceptions of `work`; Unavailable.
/// This is not a coroutine, because g++ 12 warns about a coroutine in a header that has a lambda in its frame.
template <class F>
[[nodiscard]] Task<std::invoke_result_t<F&>> call_on_pool(BlockingPool& pool, F work) {
  using Value = std::invoke_result_t<F&>;
  const auto shared = std::make_shared<F>(std::move(work));
  if constexpr (std::is_void_v<Value>) {
    return call_on(pool, [shared] { (*shared)(); });
  } else {
    const auto value = std::make_shared<std::optional<Value>>();
    return value_of<Value>(call_on(pool, [shared, value] { value->emplace((*shared)()); }), value);
  }
}

}  // namespace detail

/// The number of threads of a pool, and of calls that may wait for one.
struct PoolOptions {
  /// The largest number of threads; they start when they are first needed. Default 8; 0: as many as the machine has
  /// processors.
  std::size_t threads = 8;
  /// The number of calls that may wait for a thread; beyond it, `run` throws. Default 1024; 0: none may wait.
  std::size_t queue = 1024;
};

/// `Pool pool({.threads = 4}); const Row row = co_await pool.run([&] { return database.read(id); });`
/// Lifetime: must outlive the coroutines that await it. Its destructor waits for the running calls and drops the
/// waiting ones.
/// Thread safety: all of it.
class Pool {
 public:
  explicit Pool(PoolOptions options = {});
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Calls `work` on one of the threads; the result returns to the coroutine's loop. The coroutine waits for its end
  /// even if it is cancelled meanwhile; the next `co_await` then notices the cancellation.
  /// Errors: exceptions of `work`; Unavailable if too many calls wait or the pool is being destroyed.
  template <class F>
  [[nodiscard]] detail::Task<std::invoke_result_t<F&>> run(F work) {
    return detail::call_on_pool(*pool_, std::move(work));
  }

 private:
  const std::unique_ptr<detail::BlockingPool> pool_;
};

}  // namespace serval
