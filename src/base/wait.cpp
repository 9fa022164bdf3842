// SPDX-License-Identifier: MIT
#include <serval/base/wait.hpp>

#include <boost/asio/io_context.hpp>
#include <stdexcept>
#include <utility>

#include "base/event_loops.hpp"
#include "base/run_task.hpp"

namespace serval::detail {

namespace asio = boost::asio;

namespace {

void run_on(asio::io_context& context, Task<void> task) {
  const EventLoopMark mark(context);
  run_task(context, std::move(task));
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
