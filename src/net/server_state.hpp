// SPDX-License-Identifier: MIT
// What the loops of one server share: the service, the settings, and the count of what is still alive.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

#include <serval/handler/service.hpp>

#include "handler/stop_state.hpp"
#include "net/hold.hpp"
#include "net/loop_counters.hpp"
#include "net/settings.hpp"

namespace serval::detail {

/// Shared by the server, its loops and its listener; it outlives the server where operations on the caller's
/// io_context do. Thread safety: all of it.
class ServerState {
 public:
  ServerState(const http::Service& service, Settings settings) : service_(service), settings_(std::move(settings)) {}

  [[nodiscard]] const http::Service& service() const noexcept { return service_; }
  [[nodiscard]] const Settings& settings() const noexcept { return settings_; }

  /// Takes back `leave` and the request to stop, for another start. REQUIRES: nobody else looks at them.
  void renew() {
    stop_ = std::make_shared<StopState>();
    stopping_ = stop_->handle();
    leaving_.store(false, std::memory_order_release);
  }

  /// Told when the server begins to stop.
  [[nodiscard]] StopState& stop() noexcept { return *stop_; }
  [[nodiscard]] const Stopping& stopping() const noexcept { return stopping_; }

  /// Told when the stop was asked for, before `stop()` where the server has a delay between them.
  void leave() noexcept { leaving_.store(true, std::memory_order_release); }
  [[nodiscard]] bool leaving() const noexcept { return leaving_.load(std::memory_order_acquire); }

  /// The service may be gone: from now on nothing may call it.
  void abandon() noexcept { abandoned_.store(true, std::memory_order_release); }
  [[nodiscard]] bool abandoned() const noexcept { return abandoned_.load(std::memory_order_acquire); }

  /// Counts what must end before the server has: what the service does on its own, and all traffic.
  void hold() noexcept { alive_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept;
  /// Called by the end of a `Traffic`.
  void release_traffic() noexcept;
  using Traffic = Hold<ServerState, &ServerState::release_traffic>;
  /// Counts what makes and answers requests: the listener, each connection, each running task of a handler. All of it
  /// together is one of what must end.
  [[nodiscard]] Traffic hold_traffic() noexcept {
    count_traffic();
    return Traffic(*this);
  }
  [[nodiscard]] bool has_traffic() const noexcept { return traffic_.load(std::memory_order_acquire) != 0; }
  /// What is called once the listener has closed and the last request has ended; on any thread. To be set before there
  /// is traffic.
  void set_on_quiet(std::function<void()> call) { on_quiet_ = std::move(call); }
  [[nodiscard]] bool idle() const noexcept { return alive_.load(std::memory_order_acquire) == 0; }
  /// What is done before the server has stopped, once nothing else is alive; called on any thread. Whatever it leaves
  /// to be done holds the server. To be set once, while something is alive that `release` comes for later.
  void set_last_work(std::function<void()> work);
  /// Waits until nothing is alive, at most so long; tells whether that is so.
  bool wait_idle(std::chrono::milliseconds at_most);

  /// Called by the end of a `RunningTask`.
  void release_task() noexcept { tasks_.fetch_sub(1, std::memory_order_relaxed); }
  using RunningTask = Hold<ServerState, &ServerState::release_task>;
  /// Counts requests whose handler is a running task.
  [[nodiscard]] RunningTask hold_task() noexcept {
    tasks_.fetch_add(1, std::memory_order_relaxed);
    return RunningTask(*this);
  }
  [[nodiscard]] std::size_t tasks() const noexcept { return tasks_.load(std::memory_order_relaxed); }
  /// Connections that were accepted; the listener counts them.
  Counter accepted;

  /// Counts a connection that is open or on its way to its loop. Each needs one `release_connection`; see
  /// `Loop::Place`.
  void count_connection() noexcept {
    count_traffic();
    connections_.fetch_add(1, std::memory_order_acq_rel);
  }
  void release_connection() noexcept;
  [[nodiscard]] std::size_t connections() const noexcept { return connections_.load(std::memory_order_acquire); }
  /// Sets what is called once a place for a connection has become free; before the first connection is accepted.
  void set_on_free_place(std::function<void()> wake) { on_free_place_ = std::move(wake); }

 private:
  void count_traffic() noexcept {
    if (traffic_.fetch_add(1, std::memory_order_relaxed) == 0) hold();
  }

  const http::Service& service_;
  const Settings settings_;
  std::shared_ptr<StopState> stop_ = std::make_shared<StopState>();  // as the next one, changed by `renew` alone
  Stopping stopping_ = stop_->handle();
  std::function<void()> on_free_place_;
  std::function<void()> on_quiet_;
  std::function<void()> last_work_;  // counts as one that is alive
  std::atomic<bool> leaving_{false};
  std::atomic<bool> abandoned_{false};
  std::atomic<std::size_t> connections_{0};
  std::atomic<std::size_t> tasks_{0};
  std::atomic<std::size_t> traffic_{0};
  std::atomic<std::size_t> alive_{0};
  std::mutex mutex_;  // guards nothing but the wait
  std::condition_variable idle_;
};

}  // namespace serval::detail
