// SPDX-License-Identifier: MIT
// Limits the time that a coroutine may take.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include <serval/task.hpp>

namespace quota {

/// Returns the result of the task, or nothing if the task does not end within this time. In that case the task is
/// cancelled and awaited; if it still returns a value, that value is returned, so that nothing it owns is lost. Errors:
/// the exception of the task, at once; `operation_aborted` if the caller is cancelled. REQUIRES: `T` is
/// default-constructible.
template <class T>
serval::Task<std::optional<T>> within(std::chrono::milliseconds time, serval::Task<T> task) {
  namespace asio = boost::asio;
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, time);
  auto group = asio::experimental::make_parallel_group(asio::co_spawn(executor, std::move(task), asio::deferred),
                                                       timer.async_wait(asio::deferred));
  auto [order, error, value, timer_error] =
      co_await group.async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
  if (!error) co_return std::move(value);
  if (order[0] == 1 && !timer_error) co_return std::nullopt;
  std::rethrow_exception(error);
}

/// Like the function above, for a task without a value: returns whether it has ended in time.
inline serval::Task<bool> within(std::chrono::milliseconds time, serval::Task<void> task) {
  namespace asio = boost::asio;
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, time);
  auto group = asio::experimental::make_parallel_group(asio::co_spawn(executor, std::move(task), asio::deferred),
                                                       timer.async_wait(asio::deferred));
  auto [order, error, timer_error] = co_await group.async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
  if (!error) co_return true;
  if (order[0] == 1 && !timer_error) co_return false;
  std::rethrow_exception(error);
}

}  // namespace quota
