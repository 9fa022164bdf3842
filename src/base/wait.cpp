// SPDX-License-Identifier: MIT
#include <serval/base/wait.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <stdexcept>

#include "base/event_loops.hpp"

namespace serval::detail {

namespace asio = boost::asio;

namespace {

void run_on(asio::io_context& context, Task<void> task) {
  struct End {
    bool is_there = false;
    std::exception_ptr fault{};
  };
  // Shared: what else runs on the context may throw out of it, and the task stays there.
  const auto end = std::make_shared<End>();
  const auto work = asio::make_work_guard(context);
  const EventLoopMark mark(context);
  asio::co_spawn(context, std::move(task), [end](const std::exception_ptr& fault) {
    end->fault = fault;
    end->is_there = true;
  });
  if (context.stopped()) context.restart();
  while (!end->is_there) {
    if (context.run_one() == 0)
      throw std::runtime_error("serval: the io_context of wait() was stopped before the task had ended");
  }
  if (end->fault) std::rethrow_exception(end->fault);
}

}  // namespace

void run_to_end(Task<void> task, asio::io_context* context) {
  if (on_event_loop() || (context != nullptr && context->get_executor().running_in_this_thread()))
    throw std::logic_error(
        "serval: wait() was called on the thread of an event loop, where it would keep all connections of the loop "
        "waiting; co_await the task there, or call wait() from a blocking handler or a thread of your own");
  if (context != nullptr) return run_on(*context, std::move(task));
  asio::io_context own(1);
  run_on(own, std::move(task));
}

}  // namespace serval::detail
