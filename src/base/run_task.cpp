// SPDX-License-Identifier: MIT
#include "base/run_task.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include <serval/base/task.hpp>

namespace serval::detail {

namespace asio = boost::asio;

namespace {

struct Run {
  asio::cancellation_signal cancellation{};
  bool is_over = false;
  std::exception_ptr fault{};
};

void cancel_at(asio::steady_timer& timer, TaskDeadline deadline, const std::shared_ptr<Run>& run) {
  timer.expires_at(deadline);
  timer.async_wait([run](const boost::system::error_code& error) {
    if (!error && !run->is_over) run->cancellation.emit(asio::cancellation_type::terminal);
  });
}

}  // namespace

void run_task(asio::io_context& context, Task<void> task, TaskDeadline deadline) {
  // Shared: other work on the context may throw, and the task then stays there.
  const auto run = std::make_shared<Run>();
  const auto work = asio::make_work_guard(context);
  std::optional<asio::steady_timer> timer;  // made only if needed, since it would open a reactor
  if (deadline != TaskDeadline::max()) cancel_at(timer.emplace(context), deadline, run);
  auto on_end = [run](const std::exception_ptr& fault) {
    run->fault = fault;
    run->is_over = true;
  };
  asio::co_spawn(context, std::move(task), asio::bind_cancellation_slot(run->cancellation.slot(), std::move(on_end)));
  if (context.stopped()) context.restart();
  while (!run->is_over) {
    if (context.run_one() == 0)
      throw std::runtime_error("serval: the io_context was stopped before the awaited task had ended");
  }
  if (run->fault) std::rethrow_exception(run->fault);
}

}  // namespace serval::detail
