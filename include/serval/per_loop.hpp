// SPDX-License-Identifier: MIT
// One object for each event loop: `PerLoop<T>`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/base/task.hpp>
#include <serval/handler/per_loop.hpp>
