// SPDX-License-Identifier: MIT
// Work that a handler leaves behind, done after its answer was sent.
#pragma once

#include <functional>
#include <vector>

namespace serval {

/// Tasks run in the order they were added, on the connection's loop, once the answer has been written.
/// An exception in one is logged and drops the rest. A handler that throws leaves none behind.
class BackgroundTasks {
 public:
  /// Adds a task. It owns what it captured, and refers to nothing of the request.
  void add(std::function<void()> task);
  [[nodiscard]] bool empty() const noexcept;

  /// For the connection. A task may add further ones. Errors: whatever a task throws; the tasks after it are dropped.
  void run();
  void clear() noexcept;

 private:
  std::vector<std::function<void()>> tasks_;
};

}  // namespace serval
