// SPDX-License-Identifier: MIT
// The host of an application, a server or a test client, as seen by the application's own work.
#pragma once

#include <chrono>
#include <cstddef>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/stopping.hpp>

namespace serval::http {

/// Its event loops and its end. Thread safety: all of it.
class Host {
 public:
  Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;

  /// Set when it begins to stop.
  [[nodiscard]] virtual const Stopping& stopping() const noexcept = 0;
  /// Whether its stop was requested. That may be some time before `stopping` is set, while it still accepts connections
  /// and answers requests: readiness checks must already report that it is not ready.
  [[nodiscard]] virtual bool is_leaving() const noexcept { return stopping().is_requested(); }
  /// How many event loops it has; at least one.
  [[nodiscard]] virtual std::size_t loop_count() const noexcept = 0;
  /// Work on one loop never runs at the same time as other work on that loop.
  [[nodiscard]] virtual const boost::asio::any_io_executor& loop(std::size_t index) const noexcept = 0;
  /// The longest time that a task, posted to a loop by the previous call, had to wait; if it still waits, the time so
  /// far. Posts the next tasks. 0: it does not measure it.
  [[nodiscard]] virtual std::chrono::nanoseconds loop_lag() { return {}; }
  /// The same for calls that wait for a thread of the application's pool for blocking work, or of a mounted one.
  [[nodiscard]] virtual std::chrono::nanoseconds pool_lag() { return {}; }
  /// Delays the end of the stop until `release` was called as many times.
  virtual void hold() noexcept = 0;
  /// Ends one `hold`.
  virtual void release() noexcept = 0;
};

}  // namespace serval::http
