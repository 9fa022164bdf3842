// SPDX-License-Identifier: MIT
// `Stopping`: tells handlers, start functions and services that the server stops.
#pragma once

#include <memory>
#include <utility>

#include <serval/base/task_fwd.hpp>

namespace serval {

namespace detail {
class StopState;
}  // namespace detail

/// Tells whether the server has begun to stop; an argument of handlers, dependencies, start functions and services:
/// ```
/// app.get("/events")([](EventSender<Tick>& events, Stopping stopping) -> Task<void> {
///   while (!stopping.is_requested()) co_await send_next(events);
/// });
/// ```
/// It is set before connections drain, so that a stream can end by itself and does not delay the stop. The `Stopping`
/// of a service is set when it is the service's turn to stop. Lifetime: copies may outlive the server. Thread safety:
/// all of it.
class Stopping {
 public:
  /// A `Stopping` that is never set.
  Stopping() noexcept = default;

  /// Whether it is time to end.
  [[nodiscard]] bool is_requested() const noexcept;
  /// Ends when it is time to end, at once if it already is: `co_await stopping.wait();`. Needs <serval/task.hpp>.
  /// Errors: `boost::system::system_error` (operation_aborted) if the task is cancelled meanwhile.
  [[nodiscard]] detail::Task<void> wait() const;

 private:
  friend class detail::StopState;
  explicit Stopping(std::shared_ptr<detail::StopState> state) noexcept : state_(std::move(state)) {}

  std::shared_ptr<detail::StopState> state_;  // null: never set; shared, since copies may outlive the server
};

}  // namespace serval
