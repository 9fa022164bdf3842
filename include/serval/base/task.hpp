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

/// A coroutine that yields a `T`: what an asynchronous handler returns. It runs on the loop of the
/// connection that the request came on.
template <class T = void>
using Task = boost::asio::awaitable<T, boost::asio::any_io_executor>;

}  // namespace serval

namespace serval::detail {

/// g++ up to 12 at least destroys the members of an aggregate twice that was made within a `co_await` expression, so
/// what is awaited does not take such temporaries: give the value a name.
template <class T>
concept NeedsAName = std::is_aggregate_v<T> && !std::is_trivially_destructible_v<T>;

}  // namespace serval::detail
