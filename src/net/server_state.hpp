// SPDX-License-Identifier: MIT
// The state that the loops of a server share: the service, the settings, and the counts of everything that is still
// alive.
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

/// Ownership: shared by the server, its loops and its listeners. It outlives the server if operations on the caller's
/// io_context do.
/// Thread safety: all members.
class ServerState {
 public:
  ServerState(const http::Service& service, Settings settings) : service_(service), settings_(std::move(settings)) {}

  [[nodiscard]] const http::Service& service() const noexcept { return service_; }
  [[nodiscard]] const Settings& settings() const noexcept { return settings_; }

  /// Resets `leave` and the request to stop, so that the server can start again. REQUIRES: no other thread uses them.
  void renew() {
    stop_ = std::make_shared<StopState>();
    stopping_ = stop_->handle();
    leaving_.store(false, std::memory_order_release);
  }

  /// The signal that the server begins to stop.
  [[nodiscard]] StopState& stop() noexcept { return *stop_; }
  [[nodiscard]] const Stopping& stopping() const noexcept { return stopping_; }

  /// Called when the stop was requested, which is before `stop()` is signalled if the server has a stop delay.
  void leave() noexcept { leaving_.store(true, std::memory_order_release); }
  [[nodiscard]] bool leaving() const noexcept { return leaving_.load(std::memory_order_acquire); }

  /// Called when the service may be destroyed: nothing may call it from now on.
  void abandon() noexcept { abandoned_.store(true, std::memory_order_release); }
  [[nodiscard]] bool abandoned() const noexcept { return abandoned_.load(std::memory_order_acquire); }

  /// Counts one activity that must end before the server has stopped: each piece of the service's own work, and all
  /// traffic together.
  void hold() noexcept { alive_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept;
  /// Called by the destructor of `Traffic`.
  void release_traffic() noexcept;
  using Traffic = Hold<ServerState, &ServerState::release_traffic>;
  /// Counts one source of requests and responses as long as the returned object exists: a listener, a connection or a
  /// running task of a handler. All of them together count as one activity, see `hold`.
  [[nodiscard]] Traffic hold_traffic() noexcept {
    count_traffic();
    return Traffic(*this);
  }
  [[nodiscard]] bool has_traffic() const noexcept { return traffic_.load(std::memory_order_acquire) != 0; }
  /// Sets the function that is called when the listeners have closed and the last request has ended. It may be called
  /// on any thread. REQUIRES: there is no traffic yet.
  void set_on_quiet(std::function<void()> call) { on_quiet_ = std::move(call); }
  [[nodiscard]] bool idle() const noexcept { return alive_.load(std::memory_order_acquire) == 0; }
  /// Sets the function that is called once nothing else is alive, before the server has stopped. It may be called on
  /// any thread. Work that it leaves behind must `hold` the server. REQUIRES: it is set once, while something is alive
  /// that calls `release` later.
  void set_last_work(std::function<void()> work);
  /// Waits until nothing is alive, but at most `at_most`. Returns whether nothing is alive.
  bool wait_idle(std::chrono::milliseconds at_most);

  /// Called by the destructor of `RunningTask`.
  void release_task() noexcept { tasks_.fetch_sub(1, std::memory_order_relaxed); }
  using RunningTask = Hold<ServerState, &ServerState::release_task>;
  /// Counts a request whose handler is a running task, as long as the returned object exists.
  [[nodiscard]] RunningTask hold_task() noexcept {
    tasks_.fetch_add(1, std::memory_order_relaxed);
    return RunningTask(*this);
  }
  [[nodiscard]] std::size_t tasks() const noexcept { return tasks_.load(std::memory_order_relaxed); }
  /// The number of accepted connections. The listeners count them.
  Counter accepted;

  /// Counts a connection that is open or on its way to its loop. Each call needs one call of `release_connection`; see
  /// `Loop::Place`.
  void count_connection() noexcept {
    count_traffic();
    connections_.fetch_add(1, std::memory_order_acq_rel);
  }
  void release_connection() noexcept;
  [[nodiscard]] std::size_t connections() const noexcept { return connections_.load(std::memory_order_acquire); }
  /// Sets the function that is called after a connection has ended, when its place is free. REQUIRES: no connection has
  /// been accepted yet.
  void set_on_free_place(std::function<void()> wake) { on_free_place_ = std::move(wake); }

 private:
  void count_traffic() noexcept {
    if (traffic_.fetch_add(1, std::memory_order_relaxed) == 0) hold();
  }

  const http::Service& service_;
  const Settings settings_;
  std::shared_ptr<StopState> stop_ = std::make_shared<StopState>();  // only `renew` changes it and `stopping_`
  Stopping stopping_ = stop_->handle();
  std::function<void()> on_free_place_;
  std::function<void()> on_quiet_;
  std::function<void()> last_work_;  // counts as alive while it is set
  std::atomic<bool> leaving_{false};
  std::atomic<bool> abandoned_{false};
  std::atomic<std::size_t> connections_{0};
  std::atomic<std::size_t> tasks_{0};
  std::atomic<std::size_t> traffic_{0};
  std::atomic<std::size_t> alive_{0};
  std::mutex mutex_;  // used only for the wait; the counts are atomic
  std::condition_variable idle_;
};

}  // namespace serval::detail
