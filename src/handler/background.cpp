// SPDX-License-Identifier: MIT
#include <serval/handler/background.hpp>

#include <cstddef>
#include <utility>

namespace serval {

void BackgroundTasks::add(std::function<void()> task) { tasks_.push_back(std::move(task)); }

bool BackgroundTasks::empty() const noexcept { return tasks_.empty(); }
void BackgroundTasks::clear() noexcept { tasks_.clear(); }

void BackgroundTasks::run() {
  struct ClearAtEnd {
    std::vector<std::function<void()>>& tasks;
    ~ClearAtEnd() { tasks.clear(); }
  };
  const ClearAtEnd clear_at_end{tasks_};
  // A task may add another one, which reallocates the vector. Therefore the loop uses an index and moves each task out
  // before it calls the task.
  for (std::size_t index = 0; index < tasks_.size(); ++index) {
    const std::function<void()> task = std::move(tasks_[index]);
    task();
  }
}

}  // namespace serval
