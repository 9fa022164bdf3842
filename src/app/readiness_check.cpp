// SPDX-License-Identifier: MIT
#include "app/readiness_check.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <cstddef>
#include <exception>
#include <utility>

#include <serval/base/task.hpp>

#include "base/change.hpp"
#include "base/fault_text.hpp"

namespace serval::detail {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

bool ReadinessCheck::begin(ReadinessResult& result) {
  const std::scoped_lock lock(mutex_);
  if (std::exchange(is_running_, true)) {
    result = last_;
    return false;
  }
  if (last_.name.empty()) last_ = {.name = name_, .is_ready = false, .error = "has not ended yet"};
  result.name = name_;
  return true;
}

void ReadinessCheck::end() {
  const std::scoped_lock lock(mutex_);
  is_running_ = false;
}

void ReadinessCheck::note(const ReadinessResult& result) {
  const std::scoped_lock lock(mutex_);
  last_ = result;
}

namespace {

/// The calls of one `run_checks`. All of it happens on one strand.
class CheckRound : public std::enable_shared_from_this<CheckRound> {
 public:
  CheckRound(asio::any_io_executor executor, std::vector<std::shared_ptr<ReadinessCheck>> checks,
             std::shared_ptr<HostHold> hold)
      : executor_(std::move(executor)),
        checks_(std::move(checks)),
        hold_(std::move(hold)),
        results_(checks_.size()),
        change_(executor_) {}

  void start() {
    left_ = checks_.size();
    for (std::size_t i = 0; i < checks_.size(); ++i) start(i);
    hold_.reset();  // each call has it
  }
  [[nodiscard]] bool is_over() const noexcept { return left_ == 0; }
  [[nodiscard]] Change& change() noexcept { return change_; }
  [[nodiscard]] std::vector<ReadinessResult> take_results() noexcept { return std::move(results_); }

 private:
  struct Call {
    Call(const asio::any_io_executor& executor, Clock::time_point due) : limit(executor, due) {}
    asio::cancellation_signal cancellation;
    asio::steady_timer limit;
    bool is_over = false;  // its result is there
    Clock::time_point begun = Clock::now();
  };

  void start(std::size_t index) {
    ReadinessCheck& check = *checks_[index];
    if (!check.begin(results_[index])) return finish_one();
    const auto call = std::make_shared<Call>(executor_, Clock::now() + check.timeout());
    http::Pending pending;
    try {
      pending = check.call(hold_->stopping());
    } catch (...) {
      return end(index, *call, std::current_exception());
    }
    if (!pending) return end(index, *call, nullptr);
    auto on_end = [self = shared_from_this(), hold = hold_, call, index](const std::exception_ptr& fault) {
      call->limit.cancel();
      self->end(index, *call, fault);
    };
    asio::co_spawn(executor_, pending.take(),
                   asio::bind_cancellation_slot(call->cancellation.slot(), std::move(on_end)));
    call->limit.async_wait([self = shared_from_this(), call, index](const boost::system::error_code& aborted) {
      if (!aborted) self->cut(index, *call);
    });
  }

  void end(std::size_t index, Call& call, const std::exception_ptr& fault) {
    checks_[index]->end();
    if (call.is_over) return;
    std::string error = fault ? fault_text(fault) : std::string();
    if (fault && error.empty()) error = "failed";
    finish(index, call, std::move(error));
  }

  void cut(std::size_t index, Call& call) {
    if (call.is_over) return;
    finish(index, call, "takes longer than " + std::to_string(checks_[index]->timeout().count()) + " ms");
    call.cancellation.emit(asio::cancellation_type::terminal);
  }

  void finish(std::size_t index, Call& call, std::string error) {
    call.is_over = true;
    ReadinessResult& result = results_[index];
    result.is_ready = error.empty();
    result.error = std::move(error);
    result.duration = Clock::now() - call.begun;
    checks_[index]->note(result);
    finish_one();
  }

  void finish_one() {
    if (--left_ == 0) change_.tell();
  }

  const asio::any_io_executor executor_;
  const std::vector<std::shared_ptr<ReadinessCheck>> checks_;
  std::shared_ptr<HostHold> hold_;
  std::vector<ReadinessResult> results_;
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
  // The caller's io_context may be run by several threads.
  auto round = run_round(std::move(checks), std::move(hold));
  co_return co_await asio::co_spawn(asio::make_strand(executor), std::move(round), asio::use_awaitable);
}

}  // namespace serval::detail
