// SPDX-License-Identifier: MIT
// The result of a call that may have to wait: nothing, or a coroutine to be awaited.
#pragma once

#include <memory>

#include <serval/base/task_fwd.hpp>

namespace serval::http {

/// Empty if the call is complete, otherwise a task that completes it. Synchronous calls cost no coroutine frame.
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
  /// The task, once. Needs <serval/task.hpp>.
  [[nodiscard]] detail::Task<void> take();

 private:
  void discard() noexcept;
  detail::Task<void>* task_ = nullptr;  // owned; a pointer, since the type is incomplete here
};

}  // namespace serval::http
