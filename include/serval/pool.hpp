// SPDX-License-Identifier: MIT
// For programs that call what blocks from coroutines: `co_await pool.run(f)`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/handler/pool.hpp>
