// SPDX-License-Identifier: MIT
// Background work of a handler, done after its response was sent.
#pragma once

#include <functional>
#include <vector>

namespace serval {

/// Tasks run in the order in which they were added, on the connection's loop, after the response was written. An
/// exception in one is logged and drops the rest. If the handler throws, no task runs.
class BackgroundTasks {
 public:
  /// Adds a task. It owns its captures and must not refer to the request.
  void add(std::function<void()> task);
  [[nodiscard]] bool empty() const noexcept;

  /// For the connection. A task may add further ones. Errors: exceptions of a task; the tasks after it are dropped.
  void run();
  void clear() noexcept;

 private:
  std::vector<std::function<void()>> tasks_;
};

}  // namespace serval
