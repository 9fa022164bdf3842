// SPDX-License-Identifier: MIT
// For programs that call blocking functions from coroutines: `co_await blocking(f)` on the application's pool,
// `co_await pool.run(f)` on a pool of the program.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/handler/pool.hpp>
#include <serval/params/blocking.hpp>
