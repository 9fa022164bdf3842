// SPDX-License-Identifier: MIT
// The values that are kept for a request, and their end: they are told of an exception, then finished, then destroyed,
// the youngest first, each on the pool or loop where it was made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <vector>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>

namespace serval::detail {

class BlockingPool;

/// The outcome that the values are told while they end, and the exceptions that this causes.
struct KeptEnd {
  Outcome outcome;
  /// The exceptions that `finish` functions have thrown, in order. The last one is `outcome.exception`, unless an
  /// `on_exception` has replaced it since.
  std::vector<std::exception_ptr> faults{};
  /// The exception that the handler has thrown. Null: it has thrown none, or the exception has been handled before.
  std::exception_ptr thrown{};

  /// Replaces the exception of the outcome, and makes the outcome an exception; but if the request was given up, that
  /// reason and its status stay.
  void replace(std::exception_ptr fault) noexcept;
};

/// Thread safety: none. A pool and the loop may both make calls, but only one after another.
class KeptValues {
 public:
  using Ops = http::Exchange::KeptOps;
  using Until = http::Exchange::Until;
  /// Selects the values that a call handles, and the work that it does on them.
  enum class Pass : std::uint8_t {
    tell,           ///< calls `on_exception` of all values, if there is an exception
    finish_answer,  ///< calls `finish` of the values that end when the answer is made; does not destroy them
    end_answer,     ///< does all remaining work on the values that end when the answer is made
    end_all,        ///< does all remaining work on all values
  };

  [[nodiscard]] bool empty() const noexcept { return kept_.empty(); }
  /// `pool`: the pool on which the value was made; null: it was made on the loop.
  void add(void* value, const Ops& ops, Until until, BlockingPool* pool) {
    kept_.push_back({.value = value, .ops = &ops, .until = until, .pool = pool});
  }

  /// Whether the passes before the answer is sent have to wait; then use `run_and_wait` for them, otherwise `run`.
  [[nodiscard]] bool wait_before_answer() const noexcept;
  /// The same for the pass `end_all`.
  [[nodiscard]] bool wait() const noexcept;

  /// Makes a pass. REQUIRES: it does not have to wait.
  void run(Pass pass, KeptEnd& end) noexcept { run_here(pass, end, nullptr); }
  /// Makes a pass. Coroutines run on the caller's loop, all other functions where the value was made. The task does not
  /// throw and must not be cancelled, see `shield`. Lifetime: this object and `end` outlive the task.
  [[nodiscard]] Task<void> run_and_wait(Pass pass, KeptEnd& end);

  /// Destroys all values on this thread, and does not tell or finish them before.
  void destroy_all() noexcept;

 private:
  struct Kept {
    void* value;
    const Ops* ops;
    Until until;
    BlockingPool* pool;
    bool is_told = false;
    bool is_finished = false;
  };
  enum class Work : std::uint8_t { none, tell, finish, finish_later, destroy };
  struct Step {
    Work work = Work::none;
    std::size_t index = 0;
  };
  [[nodiscard]] static Work work_for(const Kept& kept, Pass pass, const KeptEnd& end) noexcept;
  [[nodiscard]] Step next(Pass pass, const KeptEnd& end) const noexcept;
  void take(Step step, KeptEnd& end) noexcept;
  void run_here(Pass pass, KeptEnd& end, const BlockingPool* here) noexcept;

  std::vector<Kept> kept_;
};

}  // namespace serval::detail
