// SPDX-License-Identifier: MIT
// Coroutines: what an asynchronous handler is written with. The only public header of the core that
// includes Asio.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <serval/base/task_fwd.hpp>
