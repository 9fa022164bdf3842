// SPDX-License-Identifier: MIT
// Runs a task to its end on the calling thread.
#pragma once

#include <chrono>

#include <serval/base/task_fwd.hpp>

namespace boost::asio {
class io_context;
}

namespace serval::detail {

using TaskDeadline = std::chrono::steady_clock::time_point;

/// Runs the context on this thread until the task has ended. At `deadline` the task is cancelled, and this still waits
/// for its end. Errors: exceptions of the task, and of other work that runs on the context meanwhile;
/// std::runtime_error if the context is stopped before the task has ended. REQUIRES: no other thread runs the context.
void run_task(boost::asio::io_context& context, Task<void> task, TaskDeadline deadline = TaskDeadline::max());

}  // namespace serval::detail
