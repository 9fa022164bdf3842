// SPDX-License-Identifier: MIT
// What an application has declared by `http::Lifecycle`, and how far it has come: started or not, carried by whom.
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

/// Thread safety: what is declared is constant once something serves; the rest may be called from any thread.
class AppLifecycle {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// `states` outlives it.
  AppLifecycle(StateTable& states, std::shared_ptr<spdlog::logger> logger);
  /// Stops what no host could stop.
  ~AppLifecycle();
  AppLifecycle(const AppLifecycle&) = delete;
  AppLifecycle& operator=(const AppLifecycle&) = delete;

  /// Errors: SetupError.
  void add(LifecyclePart part);
  /// Errors: SetupError for a State that nobody provides, or that a start function takes too early.
  void check() const;

  /// In the order of their declaration.
  [[nodiscard]] const std::vector<std::shared_ptr<ReadinessCheck>>& checks() const noexcept { return checks_; }
  /// Keeps what readiness checks use: the host whose loops run on `context`, or any where none does. `state` is what it
  /// says of readiness without any check. Null where that is not `ready`.
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
    std::optional<TimePoint> stop_deadline{};  // once it has been told to stop
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

  std::atomic<std::thread::id> starting_thread_{};  // where a start or stop function runs
  std::mutex start_mutex_;                          // held while it starts and stops; guards the two below
  bool is_started_ = false;
  std::unique_ptr<StartLoop> loop_;  // of start and stop functions

  std::mutex mutex_;  // guards all below; taken after the other
  std::vector<User> users_;
  const http::Host* carrier_ = nullptr;  // whose loops the workers run on
  std::vector<std::weak_ptr<Worker>> workers_;
  bool is_stop_begun_ = false;  // of the workers
};

}  // namespace serval::detail
