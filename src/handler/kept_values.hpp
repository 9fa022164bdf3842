// SPDX-License-Identifier: MIT
// The values that are kept for a request, and how they end: told of an exception, finished, destroyed, the youngest
// first, each where it was made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <vector>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>

namespace serval::detail {

class BlockingPool;

/// What the values are told while they end, and what comes out of that.
struct KeptEnd {
  Outcome outcome;
  /// What `finish` has thrown, in order. The last one is `outcome.exception`.
  std::vector<std::exception_ptr> faults{};
  /// What the handler has thrown. Null: nothing, or it is known of already.
  std::exception_ptr thrown{};

  /// An exception takes the place of what there was; the reason why a request was given up stays.
  void replace(std::exception_ptr fault) noexcept;
};

/// Thread safety: none; on the way to a pool and back the calls follow each other.
class KeptValues {
 public:
  using Ops = http::Exchange::KeptOps;
  using Until = http::Exchange::Until;
  /// What is done with which of them.
  enum class Pass : std::uint8_t {
    tell,           ///< `on_exception` of all, where there is an exception
    finish_answer,  ///< `finish` of those until the answer is made, which live on
    end_answer,     ///< all that is left to do for those until the answer is made
    end_all,        ///< all that is left to do for all
  };

  [[nodiscard]] bool empty() const noexcept { return kept_.empty(); }
  /// `pool`: where the value was made, null for the loop.
  void add(void* value, const Ops& ops, Until until, BlockingPool* pool) {
    kept_.push_back({.value = value, .ops = &ops, .until = until, .pool = pool});
  }

  /// Whether something has to be waited for before the answer leaves: then `run_and_wait` makes the passes.
  [[nodiscard]] bool wait_before_answer() const noexcept;
  /// Whether something has to be waited for at the end of all.
  [[nodiscard]] bool wait() const noexcept;

  /// REQUIRES: nothing has to be waited for.
  void run(Pass pass, KeptEnd& end) noexcept { run_here(pass, end, nullptr); }
  /// Coroutines run on the caller's loop, all else where the value was made. To be shielded from cancellation. Does not
  /// throw. Lifetime: this and `end` outlive the task.
  [[nodiscard]] Task<void> run_and_wait(Pass pass, KeptEnd& end);

  /// Without any further word, on this thread.
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

/// Awaits the task without letting cancellation reach it. It runs on the caller's executor.
[[nodiscard]] Task<void> shield(Task<void> task);

}  // namespace serval::detail
