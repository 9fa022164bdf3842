// SPDX-License-Identifier: MIT
// `Stopping`: how handlers, start functions and services learn that the server stops.
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
/// It is told before connections drain, so that a stream ends by itself and does not hold up the stop. That of a
/// service is told when the service's turn to stop has come. Lifetime: copies may outlive the server. Thread safety:
/// all of it.
class Stopping {
 public:
  /// One that is never told.
  Stopping() noexcept = default;

  /// Whether it is time to end.
  [[nodiscard]] bool is_requested() const noexcept;
  /// Ends once it is time to end, at once where it is already: `co_await stopping.wait();`. Needs <serval/task.hpp>.
  /// Errors: `boost::system::system_error` (operation_aborted) when the task is cancelled meanwhile.
  [[nodiscard]] detail::Task<void> wait() const;

 private:
  friend class detail::StopState;
  explicit Stopping(std::shared_ptr<detail::StopState> state) noexcept : state_(std::move(state)) {}

  std::shared_ptr<detail::StopState> state_;  // null: never told; shared, since copies may outlive the server
};

}  // namespace serval
