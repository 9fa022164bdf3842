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

/// If `context` is null, it makes its own. Errors: as `wait`.
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
    // Shared: if an exception of other work ends the wait, the task may still exist.
    const auto value = std::make_shared<std::optional<T>>();
    run_to_end(keep_value(std::move(task), value), context);
    return std::move(**value);
  }
}

}  // namespace detail

/// Runs a task to its end and blocks the thread meanwhile: `const Page page = wait(fetch("/"));`. For blocking
/// handlers, the program's own threads, and `main`. The task runs on this thread, on a separate event loop that ends
/// with it: a timer or a socket that it leaves behind no longer works. Returns the task's result. The only deadlines
/// are those of the task itself.
/// Errors: exceptions of the task; `std::logic_error` on a thread that is running one of serval's event loops, or an
/// `io_context` on which a server serves, since it would block all connections of that loop. Thread safety: several
/// threads may wait at once, each for its own task.
template <class T>
T wait(Task<T> task) {
  return detail::value_of_task<T>(std::move(task), nullptr);
}

/// As above, on `context`, for tasks whose timers and sockets belong to it. Other work that is ready there also runs.
/// `wait` throws an exception of such work; the task then stays on the context, unfinished. A stopped context is
/// restarted.
/// REQUIRES: no other thread runs the context. Errors: also `std::runtime_error` if the context is stopped before the
/// task has ended.
template <class T>
T wait(Task<T> task, boost::asio::io_context& context) {
  return detail::value_of_task<T>(std::move(task), &context);
}

}  // namespace serval
