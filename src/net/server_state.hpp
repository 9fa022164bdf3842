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
  /// Counts what makes and answers requests: the listener, each connection, each running task of a handler. All of it
  /// together is one of what must end.
  void hold_traffic() noexcept {
    if (traffic_.fetch_add(1, std::memory_order_relaxed) == 0) hold();
  }
  void release_traffic() noexcept;
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

  /// Open connections, and requests whose handler is a running task.
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> tasks{0};
  /// Connections that were accepted; the listener counts them.
  Counter accepted;

  /// A place has become free. The listener sets the function before the first connection is accepted.
  void on_connection_closed() noexcept;
  void set_on_free_place(std::function<void()> wake) { on_free_place_ = std::move(wake); }

 private:
  const http::Service& service_;
  const Settings settings_;
  std::shared_ptr<StopState> stop_ = std::make_shared<StopState>();  // as the next one, changed by `renew` alone
  Stopping stopping_ = stop_->handle();
  std::function<void()> on_free_place_;
  std::function<void()> on_quiet_;
  std::function<void()> last_work_;  // counts as one that is alive
  std::atomic<bool> leaving_{false};
  std::atomic<bool> abandoned_{false};
  std::atomic<std::size_t> traffic_{0};
  std::atomic<std::size_t> alive_{0};
  std::mutex mutex_;  // guards nothing but the wait
  std::condition_variable idle_;
};

}  // namespace serval::detail
