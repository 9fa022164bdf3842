// SPDX-License-Identifier: MIT
// One service or repeated function of an application while it runs on an event loop of the server.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <random>
#include <string>

#include <serval/app/lifecycle.hpp>
#include <serval/handler/host.hpp>

#include "handler/stop_state.hpp"

namespace spdlog {
class logger;
}

namespace serval::detail {

/// Thread safety: `begin`, `stop` and `cut_at` may be called from any thread; everything else runs on the loop.
/// Lifetime: the pending waits own it, so that it is destroyed with the loop's io_context; the application outlives its
/// run.
class Worker : public std::enable_shared_from_this<Worker> {
 public:
  using Clock = std::chrono::steady_clock;
  /// What it needs from the application.
  struct Context {
    const StateTable& states;
    std::shared_ptr<spdlog::logger> logger;
  };

  virtual ~Worker() = default;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Holds the host until it has ended.
  void begin();
  /// Tells it to stop, cancels it if it continues for longer than its drain, and calls `then` on its loop after it has
  /// ended.
  void stop(std::function<void()> then);
  /// Tells it to stop and cancels it at that time.
  void cut_at(Clock::time_point due);

 protected:
  /// Why a run was cancelled.
  enum class Cancelled : std::uint8_t { no, at_deadline, at_stop };

  Worker(const LifecyclePart& part, Context context, std::shared_ptr<http::Host> host, std::size_t loop,
         std::chrono::milliseconds drain);

  virtual void on_begin() = 0;
  /// Called when the time of `wait_until` has come.
  virtual void on_time() = 0;
  /// Called when a run has ended and the server is not stopping.
  virtual void on_end(const std::exception_ptr& fault, Cancelled cancelled) = 0;

  /// REQUIRES: it is not running.
  void run(std::chrono::milliseconds deadline);
  void wait_until(Clock::time_point due);
  [[nodiscard]] bool is_running() const noexcept { return is_running_; }
  [[nodiscard]] spdlog::logger& logger() const noexcept { return *context_.logger; }

  const LifecyclePart& part_;
  const std::string name_;  // for the log

 private:
  template <class Function>
  void at(boost::asio::steady_timer& timer, Clock::time_point due, Function function);
  void end_run(const std::exception_ptr& fault);
  void cancel(Cancelled why);
  void request_stop();
  void finish();

  const Context context_;
  const std::shared_ptr<http::Host> host_;
  const boost::asio::any_io_executor executor_;
  const std::chrono::milliseconds drain_;
  const std::shared_ptr<StopState> stop_ = std::make_shared<StopState>();
  boost::asio::steady_timer pause_, deadline_, drained_, cut_;
  boost::asio::cancellation_signal cancellation_;
  bool is_running_ = false, is_stopping_ = false, has_ended_ = false;
  Cancelled cancelled_ = Cancelled::no;
  std::uint64_t runs_ = 0;
  Clock::time_point cut_due_ = Clock::time_point::max();
  std::function<void()> then_;
};

/// A worker that starts again whenever it ends.
class ServiceWorker final : public Worker {
 public:
  ServiceWorker(const LifecyclePart& part, Context context, std::shared_ptr<http::Host> host, std::size_t loop);

 private:
  void on_begin() override;
  void on_time() override;
  void on_end(const std::exception_ptr& fault, Cancelled cancelled) override;

  Clock::time_point begun_{};
  std::chrono::milliseconds rest_;
};

/// A worker that is called at each multiple of its interval.
class PeriodicWorker final : public Worker {
 public:
  PeriodicWorker(const LifecyclePart& part, Context context, std::shared_ptr<http::Host> host, std::size_t loop);

 private:
  void on_begin() override;
  void on_time() override;
  void on_end(const std::exception_ptr& fault, Cancelled cancelled) override;
  void wait_for_next();

  Clock::time_point next_{};
  bool is_due_ = false;  // due while its last run continues
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace serval::detail
