// SPDX-License-Identifier: MIT
// For programs that write coroutine handlers: `Task<T>`, ready to be returned and awaited.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/base/task.hpp>
