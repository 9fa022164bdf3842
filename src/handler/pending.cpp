// SPDX-License-Identifier: MIT
#include <serval/handler/pending.hpp>

#include <serval/base/task.hpp>

#include <utility>

namespace serval::http {

Pending::Pending(Task<void>&& task) : task_(new Task<void>(std::move(task))) {}

Pending& Pending::operator=(Pending&& other) noexcept {
  std::swap(task_, other.task_);
  return *this;
}

Task<void> Pending::take() {
  const std::unique_ptr<Task<void>> task(std::exchange(task_, nullptr));
  return std::move(*task);
}

void Pending::discard() noexcept { delete task_; }

}  // namespace serval::http
