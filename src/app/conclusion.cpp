// SPDX-License-Identifier: MIT
#include "app/conclusion.hpp"

#include <utility>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/multiple_exceptions.hpp>

#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>

#include "app/web_socket_end.hpp"
#include "http/conditional_file.hpp"
#include "params/stream_parts.hpp"

namespace serval::detail {

namespace {

/// A file becomes what the request's conditions and ranges make of it.
void settle_file(const ErrorTable& errors, http::Exchange& exchange) noexcept {
  if (!exchange.response.file()) return;
  try {
    apply_conditions(exchange.request, exchange.response);
  } catch (...) {
    errors.answer(std::current_exception(), exchange);
  }
}

bool is_end_of_stream(const std::exception_ptr& thrown) noexcept {
  try {
    std::rethrow_exception(thrown);
  } catch (const StreamEnded&) {
    return true;
  } catch (...) {
    return false;
  }
}

/// Of several things that a handler awaited at once and that all failed, by `&&` or `||`, the one whose exception Asio
/// has kept: that of the left one.
std::exception_ptr exception_within(std::exception_ptr thrown) noexcept {
  for (;;) {
    try {
      std::rethrow_exception(thrown);
    } catch (const boost::asio::multiple_exceptions& several) {
      thrown = several.first_exception();
    } catch (...) {
      return thrown;
    }
  }
}

/// Concludes a WebSocket, or a handshake that was refused.
Task<void> end_web_socket(std::exception_ptr thrown, const ErrorTable& errors, http::Exchange& exchange) {
  if (thrown) thrown = exchange.announce(std::move(thrown));
  conclude_web_socket(thrown, errors, exchange);
  exchange.end_answer();
  co_await close_web_socket(thrown, exchange);
}

}  // namespace

void conclude(std::exception_ptr thrown, const ErrorTable& errors, http::Exchange& exchange) noexcept {
  if (exchange.web_socket != nullptr) return conclude_web_socket(thrown, errors, exchange);
  if (thrown && exchange.streaming == http::Exchange::Streaming::begun) {
    if (is_end_of_stream(thrown))
      thrown = nullptr;
    else
      exchange.streaming =
          http::Exchange::Streaming::failed;  // too late for an answer: what is made below is only logged
  }
  if (!thrown && exchange.returned_error() != nullptr && exchange.keeps_anything()) {
    thrown = std::make_exception_ptr(*exchange.returned_error());  // for the dependencies to learn of
  }
  if (thrown)
    errors.answer(exchange.announce(std::move(thrown)), exchange);
  else
    errors.answer_returned(exchange);
  settle_file(errors, exchange);
  exchange.end_answer();
}

void conclude_given(const ErrorTable& errors, http::Exchange& exchange) noexcept {
  settle_file(errors, exchange);
  exchange.end_answer();
}

Task<void> settle(http::Pending pending, const ErrorTable& errors, http::Exchange& exchange) {
  const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  std::exception_ptr thrown;
  try {
    co_await pending.take();
    co_await end_parts(exchange);
  } catch (...) {
    thrown = exception_within(std::current_exception());
  }
  // Else what awaits this task would throw in place of going on, where it was cancelled before it had to wait.
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  if (thrown && cancellation.cancelled() != boost::asio::cancellation_type::none) {
    static_cast<void>(exchange.announce(thrown));
    exchange.background.clear();
    std::rethrow_exception(thrown);
  }
  if (exchange.web_socket != nullptr) co_return co_await end_web_socket(thrown, errors, exchange);
  conclude(thrown, errors, exchange);
}

}  // namespace serval::detail
