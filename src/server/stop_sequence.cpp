// SPDX-License-Identifier: MIT
#include "server/stop_sequence.hpp"

#include <algorithm>
#include <utility>

namespace serval::detail {

StopSequence::StopSequence(std::shared_ptr<ServerState> state, std::shared_ptr<http::Host> host,
                           std::vector<std::shared_ptr<Listener>> listeners, std::vector<std::shared_ptr<Loop>> loops,
                           std::chrono::milliseconds delay)
    : state_(std::move(state)),
      host_(std::move(host)),
      listeners_(std::move(listeners)),
      loops_(std::move(loops)),
      delay_(delay),
      timer_(loops_.front()->context().get_executor()) {}

void StopSequence::begin(SteadyTime due) {
  const SteadyTime now = std::chrono::steady_clock::now();
  state_->leave();
  bool is_delayed = false;
  {
    const std::scoped_lock lock(mutex_);
    due = due_ = std::min(due_, due);
    if (step_ == Step::serving) {
      step_ = Step::leaving;
      delay_end_ = now + delay_;
    }
    if (step_ == Step::leaving && std::min(delay_end_, due_) <= now) step_ = Step::stopping;
    is_delayed = step_ == Step::leaving;
  }
  if (is_delayed)
    leave();
  else
    stop(due);
}

void StopSequence::begin_at_once(SteadyTime due) {
  {
    const std::scoped_lock lock(mutex_);
    step_ = Step::stopping;
    due = due_ = std::min(due_, due);
  }
  state_->leave();
  stop(due);
}

/// Everything continues, but clients have to open a new connection for their next request, and so move to another
/// server.
void StopSequence::leave() {
  for (const auto& loop : loops_) loop->post([loop] { loop->leave(); });
  loops_.front()->post([self = shared_from_this()] { self->await_delay(); });
}

/// The time is determined here and not by the caller, since calls that several threads post arrive in any order.
void StopSequence::await_delay() {
  SteadyTime until{};
  {
    const std::scoped_lock lock(mutex_);
    if (step_ != Step::leaving) return;  // the deadline was brought forward meanwhile
    until = std::min(delay_end_, due_);
  }
  await(until, &StopSequence::end_delay);
}

void StopSequence::await(SteadyTime until, void (StopSequence::*next)()) {
  timer_.expires_at(until);
  auto on_time = [weak = weak_from_this(), next](boost::system::error_code aborted) {
    const auto self = weak.lock();
    if (!aborted && self && !self->state_->abandoned()) (*self.*next)();
  };
  loops_.front()->async_wait(timer_, std::move(on_time));
}

void StopSequence::end_delay() {
  SteadyTime due{};
  {
    const std::scoped_lock lock(mutex_);
    if (step_ != Step::leaving) return;
    step_ = Step::stopping;
    due = due_;
  }
  stop(due);
}

void StopSequence::stop(SteadyTime due) {
  state_->stop().request();
  state_->service().stop(*host_, due);
  loops_.front()->post([self = shared_from_this(), due] {
    self->await_quiet();
    // The listeners first, so that accepted connections reach their loop before it drains.
    for (const auto& listener : self->listeners_) listener->close();
    for (const auto& loop : self->loops_) loop->post([loop, due] { loop->drain(due); });
  });
}

void StopSequence::await_quiet() {
  SteadyTime due{};
  {
    const std::scoped_lock lock(mutex_);
    due = due_;
  }
  timer_.cancel();
  if (!state_->has_traffic()) return;
  const SteadyTime now = std::chrono::steady_clock::now();
  if (due <= now) return drain();
  await(now + (due - now) / 2, &StopSequence::drain);
}

void StopSequence::drain() {
  // No timer may keep the caller's io_context from running out of work.
  if (!state_->has_traffic()) loops_.front()->post([self = shared_from_this()] { self->timer_.cancel(); });
  state_->service().drain(*host_);
}

}  // namespace serval::detail
