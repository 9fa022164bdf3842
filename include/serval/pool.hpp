// SPDX-License-Identifier: MIT
// For programs that call what blocks from coroutines: `co_await blocking(f)` on the application's pool, `co_await
// pool.run(f)` on one of their own.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/handler/pool.hpp>
#include <serval/params/blocking.hpp>
