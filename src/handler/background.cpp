// SPDX-License-Identifier: MIT
#include <serval/handler/background.hpp>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <serval/base/task.hpp>

#include "base/undo.hpp"

namespace serval {

void BackgroundTasks::clear() noexcept {
  tasks_.clear();
  begun_ = 0;
}

std::unique_ptr<detail::BackgroundTask> BackgroundTasks::next() noexcept {
  return begun_ < tasks_.size() ? std::move(tasks_[begun_++]) : nullptr;
}

http::Pending BackgroundTasks::run() {
  detail::Undo clear_at_end([this] { clear(); });
  // A piece may add another one.
  while (auto task = next()) {
    http::Pending pending = task->call();
    if (!pending) continue;
    http::Pending rest(run_rest(std::move(task), std::move(pending)));
    clear_at_end.keep();
    return rest;
  }
  return {};
}

Task<void> BackgroundTasks::run_rest(std::unique_ptr<detail::BackgroundTask> task, http::Pending pending) {
  const detail::Undo clear_at_end([this] { clear(); });
  for (;;) {
    if (pending) co_await pending.take();
    task = next();
    if (!task) co_return;
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != boost::asio::cancellation_type::none)
      throw boost::system::system_error(boost::asio::error::operation_aborted);
    pending = task->call();
  }
}

}  // namespace serval
