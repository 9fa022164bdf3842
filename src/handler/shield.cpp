// SPDX-License-Identifier: MIT
#include "handler/shield.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>

#include <exception>
#include <memory>
#include <utility>

#include <serval/base/task.hpp>

namespace serval::detail {

namespace asio = boost::asio;

Task<void> shield(Task<void> task) {
  const auto executor = co_await asio::this_coro::executor;
  co_await asio::co_spawn(executor, std::move(task),
                          asio::bind_cancellation_slot(asio::cancellation_slot(), asio::use_awaitable));
}

Task<void> shield(Task<void> task, std::chrono::milliseconds grace) {
  const auto executor = co_await asio::this_coro::executor;
  asio::cancellation_state caller = co_await asio::this_coro::cancellation_state;
  // Shared with the timer's handler, which may be on its way when this task ends.
  const auto late = std::make_shared<asio::cancellation_signal>();
  asio::steady_timer timer(executor);
  const auto cancel_later = [&](asio::cancellation_type) {
    timer.expires_after(grace);
    timer.async_wait([late](const boost::system::error_code& error) {
      if (!error) late->emit(asio::cancellation_type::terminal);
    });
  };
  // The wait below leaves the caller's slot free.
  if (caller.slot().is_connected()) caller.slot().assign(cancel_later);
  if (caller.cancelled() != asio::cancellation_type::none) cancel_later(caller.cancelled());
  const auto [fault] = co_await asio::co_spawn(
      executor, std::move(task), asio::bind_cancellation_slot(late->slot(), asio::as_tuple(asio::use_awaitable)));
  if (caller.slot().is_connected()) caller.slot().clear();
  if (fault) std::rethrow_exception(fault);
}

}  // namespace serval::detail
