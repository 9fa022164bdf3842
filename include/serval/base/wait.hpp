// SPDX-License-Identifier: MIT
// `wait(task)`: the bridge from code that may block to coroutines, for blocking handlers, threads and programs.
#pragma once

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <serval/base/task.hpp>

namespace boost::asio {
class io_context;
}

namespace serval {

namespace detail {

/// `context` null: one of its own. Errors: as `wait`.
void run_to_end(Task<void> task, boost::asio::io_context* context);

template <class T>
Task<void> keep_value(Task<T> task, std::shared_ptr<std::optional<T>> value) {
  T result = co_await std::move(task);
  value->emplace(std::move(result));
}

template <class T>
T value_of_task(Task<T> task, boost::asio::io_context* context) {
  if constexpr (std::is_void_v<T>) {
    run_to_end(std::move(task), context);
  } else {
    // Shared: where something else ends the wait, the task may still be there.
    const auto value = std::make_shared<std::optional<T>>();
    run_to_end(keep_value(std::move(task), value), context);
    return std::move(**value);
  }
}

}  // namespace detail

/// Runs a task to its end and blocks the thread meanwhile: `const Page page = wait(fetch("/"));`. For blocking
/// handlers, threads of the program's own, and `main`. The task runs on this thread, on an event loop of its own that
/// ends with it: a timer or a socket that it leaves behind does nothing any more.
/// Returns what the task returns. There is no deadline but those that the task has itself.
/// Errors: what the task throws; `std::logic_error` on a thread that is running one of serval's event loops, or an
/// `io_context` on which a server serves, since it would keep all connections of that loop waiting.
/// Thread safety: several threads may wait at once, each for a task of its own.
template <class T>
T wait(Task<T> task) {
  return detail::value_of_task<T>(std::move(task), nullptr);
}

/// As above, on `context`, for tasks whose timers and sockets belong to it. Other work that is ready there also runs.
/// `wait` throws an exception of such work; the task then stays on the context, unfinished. A stopped context is
/// restarted.
/// REQUIRES: no other thread runs the context. Errors: also `std::runtime_error` where the context is stopped before
/// the task has ended.
template <class T>
T wait(Task<T> task, boost::asio::io_context& context) {
  return detail::value_of_task<T>(std::move(task), &context);
}

}  // namespace serval
