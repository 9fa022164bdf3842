// SPDX-License-Identifier: MIT
#include "handler/kept_values.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/base/thrown.hpp>
#include <serval/http/http_error.hpp>

#include "handler/blocking_pool.hpp"

namespace serval::detail {

namespace {

int status_after(const std::exception_ptr& thrown) noexcept {
  int status = 500;
  with_thrown<const HttpError&>(thrown, [&](const HttpError& error) { status = error.status(); });
  return status;
}

}  // namespace

void KeptEnd::replace(std::exception_ptr fault) noexcept {
  if (outcome.what == Outcome::What::success || outcome.what == Outcome::What::exception) {
    outcome.what = Outcome::What::exception;
    outcome.status = status_after(fault);
  }
  outcome.exception = std::move(fault);
}

bool KeptValues::wait_before_answer() const noexcept {
  return std::any_of(kept_.begin(), kept_.end(), [](const Kept& kept) {
    if (kept.until == Until::answer_is_made) return kept.pool != nullptr || kept.ops->finish_later != nullptr;
    return kept.pool != nullptr && kept.ops->on_exception != nullptr;
  });
}

bool KeptValues::wait() const noexcept {
  return std::any_of(kept_.begin(), kept_.end(), [](const Kept& kept) {
    return kept.pool != nullptr || (kept.ops->finish_later != nullptr && !kept.is_finished);
  });
}

/// Returns the next work on a value. It is told before it is finished, and finished before it is destroyed.
KeptValues::Work KeptValues::work_for(const Kept& kept, Pass pass, const KeptEnd& end) noexcept {
  const bool is_of_answer = kept.until == Until::answer_is_made;
  if (!is_of_answer && (pass == Pass::finish_answer || pass == Pass::end_answer)) return Work::none;
  if (pass != Pass::finish_answer && end.outcome.exception && kept.ops->on_exception != nullptr && !kept.is_told)
    return Work::tell;
  if (pass == Pass::tell) return Work::none;
  if (!kept.is_finished) {
    if (kept.ops->finish_later != nullptr) return Work::finish_later;
    if (kept.ops->finish != nullptr) return Work::finish;
  }
  return pass == Pass::finish_answer ? Work::none : Work::destroy;
}

KeptValues::Step KeptValues::next(Pass pass, const KeptEnd& end) const noexcept {
  for (std::size_t index = kept_.size(); index-- > 0;) {
    if (const Work work = work_for(kept_[index], pass, end); work != Work::none) return {work, index};
  }
  return {};
}

void KeptValues::take(Step step, KeptEnd& end) noexcept {
  Kept& kept = kept_[step.index];
  if (step.work == Work::destroy) {
    const Kept last = kept;
    kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(step.index));
    return last.ops->destroy(last.value);
  }
  try {
    if (step.work == Work::tell) {
      kept.is_told = true;
      kept.ops->on_exception(kept.value, end.outcome.exception);
    } else {
      kept.is_finished = true;
      kept.ops->finish(kept.value, end.outcome);
    }
  } catch (...) {
    if (step.work == Work::finish) end.faults.push_back(std::current_exception());
    end.replace(std::current_exception());
  }
}

void KeptValues::run_here(Pass pass, KeptEnd& end, const BlockingPool* here) noexcept {
  for (Step step = next(pass, end); step.work != Work::none && step.work != Work::finish_later;
       step = next(pass, end)) {
    if (kept_[step.index].pool != here) return;
    take(step, end);
  }
}

Task<void> KeptValues::run_and_wait(Pass pass, KeptEnd& end) {
  for (;;) {
    run_here(pass, end, nullptr);
    const Step step = next(pass, end);
    if (step.work == Work::none) co_return;
    Kept& kept = kept_[step.index];
    if (step.work == Work::finish_later) {
      kept.is_finished = true;
      std::exception_ptr fault;
      try {
        if (http::Pending pending = kept.ops->finish_later(kept.value, end.outcome)) co_await pending.take();
      } catch (...) {
        fault = std::current_exception();
      }
      if (!fault) continue;
      end.faults.push_back(fault);
      end.replace(fault);
      continue;
    }
    BlockingPool& pool = *kept.pool;
    bool is_taken = true;
    try {
      co_await run_blocking_first(pool, [&] { run_here(pass, end, &pool); });
    } catch (const std::exception&) {
      is_taken = false;  // the pool is being destroyed: this thread has to do the work
    }
    if (!is_taken) take(step, end);
  }
}

void KeptValues::destroy_all() noexcept {
  while (!kept_.empty()) {  // in reverse order: a dependency may use those made before it
    const Kept last = kept_.back();
    kept_.pop_back();
    last.ops->destroy(last.value);
  }
}

}  // namespace serval::detail
