// SPDX-License-Identifier: MIT
// Coroutines: what an asynchronous handler is written with. The only public header of the core that
// includes Asio.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <type_traits>

#include <serval/base/requirements.hpp>
#include <serval/base/task_fwd.hpp>

namespace serval {

/// g++ up to 12 at least destroys the members of an aggregate twice that was made within a `co_await` expression, so
/// what is awaited does not take such temporaries: give the value a name.
template <class T>
concept NeedsAName = std::is_aggregate_v<T> && !std::is_trivially_destructible_v<T>;

}  // namespace serval
