// SPDX-License-Identifier: MIT
#include "app/readiness_check.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <cstddef>
#include <exception>
#include <optional>
#include <utility>

#include <serval/base/task.hpp>

#include "base/change.hpp"
#include "base/fault_text.hpp"

namespace serval::detail {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

ReadinessCheck::Begun ReadinessCheck::begin() {
  const std::scoped_lock lock(mutex_);
  if (running_ != nullptr) return {running_, false};
  running_ = std::make_shared<ReadinessCall>();
  return {running_, true};
}

void ReadinessCheck::end() noexcept {
  std::shared_ptr<ReadinessCall> call;
  {
    const std::scoped_lock lock(mutex_);
    call.swap(running_);
  }
  if (call != nullptr) call->give_up();  // no effect if it already has a result
}

namespace {

/// Owned by the completion of a call: it also ends the call if the event loop is destroyed before the function has
/// ended.
class RunningCheck {
 public:
  explicit RunningCheck(std::shared_ptr<ReadinessCheck> check) : check_(std::move(check)) {}
  RunningCheck(RunningCheck&&) = default;
  RunningCheck& operator=(RunningCheck&&) = delete;
  ~RunningCheck() { end(); }
  void end() noexcept {
    if (const auto check = std::exchange(check_, nullptr)) check->end();
  }

 private:
  std::shared_ptr<ReadinessCheck> check_;  // null: it has ended
};

/// The calls of one `run_checks`. All of them run on one strand.
class CheckRound : public std::enable_shared_from_this<CheckRound> {
 public:
  CheckRound(asio::any_io_executor executor, std::vector<std::shared_ptr<ReadinessCheck>> checks,
             std::shared_ptr<HostHold> hold)
      : executor_(std::move(executor)),
        checks_(std::move(checks)),
        hold_(std::move(hold)),
        results_(checks_.size()),
        calls_(checks_.size()),
        change_(executor_) {}

  void start() {
    left_ = checks_.size();
    for (std::size_t i = 0; i < checks_.size(); ++i) start(i);
    if (left_ != 0) watch_stop();
  }
  [[nodiscard]] bool is_over() const noexcept { return left_ == 0; }
  [[nodiscard]] Change& change() noexcept { return change_; }
  [[nodiscard]] std::vector<ReadinessResult> take_results() noexcept { return std::move(results_); }

 private:
  struct Call {
    Call(const asio::any_io_executor& executor, Clock::time_point due) : limit(executor, due) {}
    asio::cancellation_signal cancellation;
    asio::steady_timer limit;
    bool is_over = false;  // it has a result
    Clock::time_point begun = Clock::now();
    std::shared_ptr<ReadinessCall> shared{};  // null: another round has called the check
  };

  void start(std::size_t index) {
    const ReadinessCheck::Begun begun = checks_[index]->begin();
    const auto call = std::make_shared<Call>(executor_, Clock::now() + checks_[index]->timeout());
    calls_[index] = call;
    if (begun.is_new) {
      RunningCheck running(checks_[index]);
      call->shared = begun.call;
      return run(index, call, std::move(running));
    }
    if (!take(index, *call, *begun.call)) await_other(index, call, begun.call);
  }

  void run(std::size_t index, const std::shared_ptr<Call>& call, RunningCheck running) {
    http::Pending pending;
    try {
      pending = checks_[index]->call(hold_->stopping());
    } catch (...) {
      return end(index, *call, std::current_exception());
    }
    if (!pending) return end(index, *call, nullptr);
    auto on_end = [self = shared_from_this(), hold = hold_, call, index,
                   running = std::move(running)](const std::exception_ptr& fault) mutable {
      call->limit.cancel();
      self->end(index, *call, fault);
      running.end();
    };
    asio::co_spawn(executor_, pending.take(),
                   asio::bind_cancellation_slot(call->cancellation.slot(), std::move(on_end)));
    limit(index, call);
  }

  /// Waits for the result of a call that another round has started.
  void await_other(std::size_t index, const std::shared_ptr<Call>& call, const std::shared_ptr<ReadinessCall>& other) {
    auto on_known = [self = shared_from_this(), call, index, other](const std::exception_ptr& /*fault*/) {
      call->limit.cancel();
      if (call->is_over || self->take(index, *call, *other)) return;
      self->start(index);  // the event loop of the other round ended before the check
    };
    asio::co_spawn(executor_, other->known().wait(),
                   asio::bind_cancellation_slot(call->cancellation.slot(), std::move(on_known)));
    limit(index, call);
  }

  /// False if the other call has no result yet.
  bool take(std::size_t index, Call& call, const ReadinessCall& other) {
    std::optional<ReadinessResult> result = other.result();
    if (!result) return false;
    call.is_over = true;
    results_[index] = std::move(*result);
    finish_one();
    return true;
  }

  void limit(std::size_t index, const std::shared_ptr<Call>& call) {
    call->limit.async_wait([self = shared_from_this(), call, index](const boost::system::error_code& aborted) {
      if (aborted || call->is_over) return;
      const auto timeout = self->checks_[index]->timeout();
      self->cut(index, *call, "takes longer than " + std::to_string(timeout.count()) + " ms");
    });
  }

  /// The held host waits for the calls: they end when it stops, regardless of their remaining time.
  void watch_stop() {
    auto on_stop = [self = shared_from_this()](const std::exception_ptr& fault) {
      if (!fault) self->stop();
    };
    asio::co_spawn(executor_, hold_->stopping().wait(),
                   asio::bind_cancellation_slot(stop_watch_.slot(), std::move(on_stop)));
  }

  void stop() {
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      if (!calls_[i]->is_over) cut(i, *calls_[i], "the server stops");
    }
  }

  void end(std::size_t index, Call& call, const std::exception_ptr& fault) {
    if (call.is_over) return;
    std::string error = fault ? fault_text(fault) : std::string();
    if (fault && error.empty()) error = "failed";
    finish(index, call, std::move(error));
  }

  void cut(std::size_t index, Call& call, std::string why) {
    finish(index, call, std::move(why));
    call.limit.cancel();
    call.cancellation.emit(asio::cancellation_type::terminal);
  }

  void finish(std::size_t index, Call& call, std::string error) {
    call.is_over = true;
    ReadinessResult& result = results_[index];
    result.name = checks_[index]->name();
    result.is_ready = error.empty();
    result.error = std::move(error);
    result.duration = Clock::now() - call.begun;
    if (call.shared != nullptr) call.shared->set_result(result);
    finish_one();
  }

  void finish_one() {
    if (--left_ != 0) return;
    hold_.reset();  // a call that continues also holds it
    stop_watch_.emit(asio::cancellation_type::terminal);
    change_.tell();
  }

  const asio::any_io_executor executor_;
  const std::vector<std::shared_ptr<ReadinessCheck>> checks_;
  std::shared_ptr<HostHold> hold_;  // null after all results have arrived
  std::vector<ReadinessResult> results_;
  std::vector<std::shared_ptr<Call>> calls_;
  asio::cancellation_signal stop_watch_;
  std::size_t left_ = 0;
  Change change_;
};

Task<std::vector<ReadinessResult>> run_round(std::vector<std::shared_ptr<ReadinessCheck>> checks,
                                             std::shared_ptr<HostHold> hold) {
  const auto executor = co_await asio::this_coro::executor;
  const auto round = std::make_shared<CheckRound>(executor, std::move(checks), std::move(hold));
  round->start();
  while (!round->is_over()) co_await round->change().wait();
  co_return round->take_results();
}

}  // namespace

Task<std::vector<ReadinessResult>> run_checks(std::vector<std::shared_ptr<ReadinessCheck>> checks,
                                              std::shared_ptr<HostHold> hold) {
  const auto executor = co_await asio::this_coro::executor;
  // Several threads may run the caller's io_context.
  auto round = run_round(std::move(checks), std::move(hold));
  co_return co_await asio::co_spawn(asio::make_strand(executor), std::move(round), asio::use_awaitable);
}

}  // namespace serval::detail
