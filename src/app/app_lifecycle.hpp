// SPDX-License-Identifier: MIT
// The declarations of an application through `http::Lifecycle`, and its state: whether it has started, and its hosts.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <serval/app/lifecycle.hpp>
#include <serval/handler/host.hpp>

#include "app/readiness_check.hpp"

namespace boost::asio {
class execution_context;
}

namespace spdlog {
class logger;
}

namespace serval::detail {

class Worker;

/// Thread safety: the declarations are constant while the application serves; the rest may be called from any thread.
class AppLifecycle {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// `states` outlives it.
  AppLifecycle(StateTable& states, std::shared_ptr<spdlog::logger> logger);
  /// Stops the parts that no host could stop.
  ~AppLifecycle();
  AppLifecycle(const AppLifecycle&) = delete;
  AppLifecycle& operator=(const AppLifecycle&) = delete;

  /// Errors: SetupError.
  void add(LifecyclePart part);
  /// Errors: SetupError for a State that is not provided, or that a start function takes too early.
  void check() const;

  /// In the order of their declaration.
  [[nodiscard]] const std::vector<std::shared_ptr<ReadinessCheck>>& checks() const noexcept { return checks_; }
  /// Holds a host for the objects that readiness checks use: the host whose loops run on `context`, otherwise any host.
  /// Sets `state` to the readiness without checks. Null if that is not `ready`.
  [[nodiscard]] std::shared_ptr<HostHold> hold_host(const boost::asio::execution_context& context,
                                                    Readiness::State& state);

  // As in `http::Service`.
  void start(const std::shared_ptr<http::Host>& host);
  void launch(const std::shared_ptr<http::Host>& host);
  void stop(const http::Host& host, TimePoint deadline) noexcept;
  void drain(const http::Host& host) noexcept;
  void end(const http::Host& host) noexcept;
  void abandon(const http::Host& host) noexcept;

 private:
  struct StartLoop;
  class OnThisThread;
  struct User {
    std::shared_ptr<http::Host> host;
    bool is_launched = false;
    bool is_stopping = false;
    std::optional<TimePoint> stop_deadline{};  // set when it is told to stop
  };

  void add_check(const LifecyclePart& part);
  void run_start(const Stopping& stopping);
  void run_stop(std::size_t count, std::optional<TimePoint> asked = std::nullopt) noexcept;
  void stop_part(const LifecyclePart& part, TimePoint deadline) noexcept;
  void run(http::Pending pending, TimePoint deadline = TimePoint::max());
  std::optional<User> forget(const http::Host& host);
  void launch_on(const User& user);

  StateTable& states_;
  const std::shared_ptr<spdlog::logger> logger_;
  std::vector<LifecyclePart> parts_;
  std::vector<std::shared_ptr<ReadinessCheck>> checks_;

  std::atomic<std::thread::id> starting_thread_{};  // the thread on which a start or stop function runs
  std::mutex start_mutex_;                          // held while it starts and stops; guards the next two members
  bool is_started_ = false;
  std::unique_ptr<StartLoop> loop_;  // the loop of start and stop functions

  std::mutex mutex_;  // guards all members below; locked after the other mutex
  std::vector<User> users_;
  const http::Host* carrier_ = nullptr;  // the host on whose loops the workers run
  std::vector<std::weak_ptr<Worker>> workers_;
  bool is_stop_begun_ = false;  // whether the workers are being stopped
};

}  // namespace serval::detail
