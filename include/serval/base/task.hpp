// SPDX-License-Identifier: MIT
// Coroutines for asynchronous handlers. The only public header of the core that includes Asio.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <type_traits>

#include <serval/base/requirements.hpp>
#include <serval/base/task_fwd.hpp>

namespace serval {

/// A coroutine that returns a `T`: the return type of an asynchronous handler. It runs on the event loop of the
/// request's connection.
template <class T = void>
using Task = boost::asio::awaitable<T, boost::asio::any_io_executor>;

}  // namespace serval

namespace serval::detail {

/// g++ (at least up to 12) destroys the members of an aggregate twice if it is created in a `co_await` expression, so
/// awaitable functions do not accept such temporaries: give the value a name.
template <class T>
concept NeedsAName = std::is_aggregate_v<T> && !std::is_trivially_destructible_v<T>;

}  // namespace serval::detail
