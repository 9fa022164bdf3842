// SPDX-License-Identifier: MIT
// Work that goes on although its caller is cancelled.
#pragma once

#include <chrono>

#include <serval/base/task_fwd.hpp>

namespace serval::detail {

/// Awaits the task without letting cancellation reach it. It runs on the caller's executor.
[[nodiscard]] Task<void> shield(Task<void> task);

/// The same, but if the caller is cancelled, the task is cancelled `grace` later.
[[nodiscard]] Task<void> shield(Task<void> task, std::chrono::milliseconds grace);

}  // namespace serval::detail
