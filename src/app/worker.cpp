// SPDX-License-Identifier: MIT
#include "app/worker.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <spdlog/logger.h>
#include <algorithm>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/base/task.hpp>

#include "base/fault_text.hpp"

namespace serval::detail {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

// A repeated function has no option for its drain, since its runs are short.
constexpr milliseconds drain_of_run{5'000};

std::string worker_name(const LifecyclePart& part) {
  if (part.kind == LifecyclePart::Kind::service) return "service " + part.name;
  return "the function that is repeated every " + std::to_string(part.interval.count()) + " ms (" +
         to_string(part.where) + ")";
}

}  // namespace

Worker::Worker(const LifecyclePart& part, Context context, std::shared_ptr<http::Host> host, std::size_t loop,
               milliseconds drain)
    : part_(part),
      name_(worker_name(part)),
      context_(std::move(context)),
      host_(std::move(host)),
      executor_(host_->loop(loop)),
      drain_(drain),
      pause_(host_->loop(loop)),
      deadline_(host_->loop(loop)),
      drained_(host_->loop(loop)),
      cut_(host_->loop(loop)) {}

void Worker::begin() {
  host_->hold();
  asio::post(executor_, [self = shared_from_this()] {
    if (self->is_stopping_) return;
    self->on_begin();
  });
}

template <class Function>
void Worker::at(asio::steady_timer& timer, Clock::time_point due, Function function) {
  timer.expires_at(due);
  timer.async_wait([self = shared_from_this(), function](const boost::system::error_code& error) {
    if (!error && !self->has_ended_) function(*self);
  });
}

void Worker::wait_until(Clock::time_point due) {
  at(pause_, due, [](Worker& self) {
    if (!self.is_stopping_) self.on_time();
  });
}

void Worker::run(milliseconds deadline) {
  is_running_ = true;
  cancelled_ = Cancelled::no;
  ++runs_;
  if (deadline.count() > 0) {
    at(deadline_, Clock::now() + deadline, [number = runs_](Worker& self) {
      if (self.runs_ == number) self.cancel(Cancelled::at_deadline);
    });
  }
  try {
    http::Pending pending = part_.function->call(LifecycleArguments(context_.states, stop_->handle()));
    if (!pending) return end_run(nullptr);
    auto on_done = [self = shared_from_this()](const std::exception_ptr& fault) { self->end_run(fault); };
    asio::co_spawn(executor_, pending.take(),
                   asio::bind_executor(executor_, asio::bind_cancellation_slot(cancellation_.slot(), on_done)));
  } catch (...) {
    end_run(std::current_exception());
  }
}

/// Continues in a separate call: this one may be made during a cancellation, while the task still exists.
void Worker::end_run(const std::exception_ptr& fault) {
  asio::post(executor_, [self = shared_from_this(), fault] {
    self->is_running_ = false;
    self->deadline_.cancel();
    if (!self->is_stopping_) return self->on_end(fault, self->cancelled_);
    if (fault && self->cancelled_ == Cancelled::no)
      self->logger().error("{} failed while it stopped: {}", self->name_, fault_text(fault));
    self->finish();
  });
}

void Worker::cancel(Cancelled why) {
  if (!is_running_) return;
  cancelled_ = why;
  cancellation_.emit(asio::cancellation_type::terminal);
}

void Worker::request_stop() {
  is_stopping_ = true;
  stop_->request();
  if (!is_running_) finish();
}

void Worker::stop(std::function<void()> then) {
  asio::post(executor_, [self = shared_from_this(), then = std::move(then)]() mutable {
    if (self->has_ended_) return then();
    self->then_ = std::move(then);
    self->request_stop();
    if (self->has_ended_) return;
    self->at(self->drained_, Clock::now() + self->drain_, [](Worker& worker) {
      worker.logger().warn("{} did not end within {} ms and is cancelled", worker.name_, worker.drain_.count());
      worker.cancel(Cancelled::at_stop);
    });
  });
}

void Worker::cut_at(Clock::time_point due) {
  asio::post(executor_, [self = shared_from_this(), due] {
    if (self->has_ended_ || due >= self->cut_due_) return;
    self->cut_due_ = due;
    self->at(self->cut_, due, [](Worker& worker) {
      worker.request_stop();
      worker.cancel(Cancelled::at_stop);
    });
  });
}

void Worker::finish() {
  if (std::exchange(has_ended_, true)) return;
  for (asio::steady_timer* timer : {&pause_, &deadline_, &drained_, &cut_}) timer->cancel();
  host_->release();
  if (const auto then = std::exchange(then_, nullptr)) then();
}

// --- ServiceWorker ------------------------------------------------------------------------------

ServiceWorker::ServiceWorker(const LifecyclePart& part, Context context, std::shared_ptr<http::Host> host,
                             std::size_t loop)
    : Worker(part, std::move(context), std::move(host), loop, part.service.drain), rest_(part.service.restart.first) {}

void ServiceWorker::on_begin() {
  begun_ = Clock::now();
  run(milliseconds(0));
}

void ServiceWorker::on_time() { on_begin(); }

void ServiceWorker::on_end(const std::exception_ptr& fault, Cancelled) {
  const Backoff& restart = part_.service.restart;
  const auto now = Clock::now();
  if (now - begun_ > restart.last) rest_ = restart.first;
  if (fault)
    logger().error("{} failed: {}; it starts again in {} ms", name_, fault_text(fault), rest_.count());
  else
    logger().warn("{} has ended; it starts again in {} ms", name_, rest_.count());
  wait_until(now + rest_);
  rest_ = std::min(rest_ * 2, std::max(restart.first, restart.last));
}

// --- PeriodicWorker -----------------------------------------------------------------------------

PeriodicWorker::PeriodicWorker(const LifecyclePart& part, Context context, std::shared_ptr<http::Host> host,
                               std::size_t loop)
    : Worker(part, std::move(context), std::move(host), loop, drain_of_run) {}

void PeriodicWorker::on_begin() {
  next_ = Clock::now();
  wait_for_next();
  if (part_.every.run_at_start) run(part_.every.deadline);
}

void PeriodicWorker::wait_for_next() {
  const auto now = Clock::now();
  do next_ += part_.interval;
  while (next_ <= now);  // a loop that was blocked does not catch up
  std::uniform_int_distribution<milliseconds::rep> jitter(0,
                                                          std::max<milliseconds::rep>(part_.every.jitter.count(), 0));
  wait_until(next_ + milliseconds(jitter(random_)));
}

void PeriodicWorker::on_time() {
  wait_for_next();
  if (!is_running())
    run(part_.every.deadline);
  else
    is_due_ = part_.every.overlap == Overlap::wait;
}

void PeriodicWorker::on_end(const std::exception_ptr& fault, Cancelled cancelled) {
  if (cancelled == Cancelled::at_deadline)
    logger().error("{} was cancelled, since it took longer than {} ms", name_, part_.every.deadline.count());
  else if (fault)
    logger().error("{} failed: {}", name_, fault_text(fault));
  if (std::exchange(is_due_, false)) run(part_.every.deadline);
}

}  // namespace serval::detail
