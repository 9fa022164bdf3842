// SPDX-License-Identifier: MIT
// Declares `Task<T>` without the cost of Asio's headers, and only for the library: a program that includes only
// <serval/serval.hpp> may have a model called `Task`. A file that writes or awaits a coroutine includes
// <serval/task.hpp>.
#pragma once

namespace boost::asio {
template <class T, class Executor>
class awaitable;  // a Task: include <serval/task.hpp>
class any_io_executor;
}  // namespace boost::asio

namespace serval::detail {

/// `serval::Task` under a name that programs do not see.
template <class T = void>
using Task = boost::asio::awaitable<T, boost::asio::any_io_executor>;

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
}  // namespace serval::detail
