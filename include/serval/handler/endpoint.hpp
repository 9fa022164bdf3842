// SPDX-License-Identifier: MIT
// The handler interface: everything that can answer an exchange meets here, typed handlers, mounted
// applications, middleware chains. It knows nothing of connections.
#pragma once

#include <memory>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>

namespace serval::http {

/// What a call left behind: nothing when the answer is ready, else a coroutine that will make it ready.
/// Synchronous routes cost no coroutine frame.
class Pending {
 public:
  Pending() noexcept = default;
  explicit Pending(detail::Task<void>&& task);
  Pending(Pending&& other) noexcept : task_(other.task_) { other.task_ = nullptr; }
  Pending& operator=(Pending&& other) noexcept;
  ~Pending() {
    if (task_ != nullptr) discard();
  }

  /// Whether there is a task to await.
  explicit operator bool() const noexcept { return task_ != nullptr; }
  /// The task, once. Needs <serval/base/task.hpp>.
  [[nodiscard]] detail::Task<void> take();

 private:
  void discard() noexcept;
  detail::Task<void>* task_ = nullptr;  // owned; a pointer, since the type is incomplete here
};

/// Answers an exchange: fills in `exchange.response`.
class Endpoint {
 public:
  virtual ~Endpoint() = default;
  /// Called on the connection's loop. The exchange outlives the returned task.
  /// Errors: anything thrown, here or out of the task, becomes the answer of the error middleware.
  /// Thread safety: called by several loops at once.
  virtual Pending serve(Exchange& exchange) const = 0;
};

}  // namespace serval::http
