// SPDX-License-Identifier: MIT
// Names `Task<T>` without the cost of Asio's headers. A file that writes or awaits a coroutine
// includes <serval/task.hpp>; all others get by with this one.
#pragma once

namespace boost::asio {
template <class T, class Executor>
class awaitable;  // a Task: include <serval/task.hpp>
class any_io_executor;
}  // namespace boost::asio

namespace serval {

/// A coroutine that yields a `T`: what an asynchronous handler returns. It runs on the loop of the
/// connection that the request came on. Needs <serval/task.hpp> where it is written or awaited.
template <class T = void>
using Task = boost::asio::awaitable<T, boost::asio::any_io_executor>;

namespace detail {
template <class T>
struct TaskTraits {
  static constexpr bool is_task = false;
  using Value = T;
};
template <class T>
struct TaskTraits<boost::asio::awaitable<T, boost::asio::any_io_executor>> {
  static constexpr bool is_task = true;
  using Value = T;
};
}  // namespace detail

}  // namespace serval
