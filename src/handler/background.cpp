// SPDX-License-Identifier: MIT
#include <serval/handler/background.hpp>

#include <cstddef>

namespace serval {

void BackgroundTasks::run() {
  struct ClearAtEnd {
    std::vector<std::function<void()>>& tasks;
    ~ClearAtEnd() { tasks.clear(); }
  };
  const ClearAtEnd clear_at_end{tasks_};
  // By index, and each moved out first: a task may add another, which moves the vector's storage.
  for (std::size_t index = 0; index < tasks_.size(); ++index) {
    const std::function<void()> task = std::move(tasks_[index]);
    task();
  }
}

}  // namespace serval
