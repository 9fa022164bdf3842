// SPDX-License-Identifier: MIT
// For programs that write coroutine handlers: `Task<T>`, ready to be returned and awaited, and `wait(task)` for code
// that is not a coroutine.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/base/task.hpp>
#include <serval/base/wait.hpp>
