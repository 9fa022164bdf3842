// SPDX-License-Identifier: MIT
#include "app/conclusion.hpp"

#include <exception>
#include <utility>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/multiple_exceptions.hpp>
#include <boost/system/system_error.hpp>

#include <serval/base/task.hpp>
#include <serval/base/thrown.hpp>
#include <serval/http/http_error.hpp>
#include <serval/http/status.hpp>
#include <serval/schema/errors.hpp>

#include "app/web_socket_end.hpp"
#include "handler/kept_values.hpp"
#include "handler/passage.hpp"
#include "handler/shield.hpp"
#include "handler/what_of.hpp"
#include "http/conditional_file.hpp"
#include "params/stream_parts.hpp"

namespace serval::detail {

namespace {

/// Applies the request's conditions and ranges to a file response.
void settle_file(http::Exchange& exchange) {
  if (exchange.response.file()) apply_conditions(exchange.request, exchange.response);
}

/// The exception of several operations that a handler awaited with `&&` or `||` and that all failed: Asio keeps that of
/// the left one.
std::exception_ptr exception_within(std::exception_ptr thrown) noexcept {
  const auto take_first = [&](const boost::asio::multiple_exceptions& several) { thrown = several.first_exception(); };
  while (with_thrown<const boost::asio::multiple_exceptions&>(thrown, take_first)) {
  }
  return thrown;
}

/// The status that an exception leads to without error handlers.
int status_of(const std::exception_ptr& thrown) noexcept {
  int status =
      is_thrown<const ValidationError&>(thrown) ? status::unprocessable_content : status::internal_server_error;
  with_thrown<const HttpError&>(thrown, [&](const HttpError& error) { status = error.status(); });
  return status;
}

/// The first outcome for the values. They are also told of an exception that a middleware has answered in its own way.
KeptEnd end_of(std::exception_ptr thrown, const http::Exchange& exchange) {
  const bool has_begun = exchange.streaming != http::Exchange::Streaming::none;
  KeptEnd end;
  if (thrown)
    end.outcome = {.what = Outcome::What::exception,
                   .status = has_begun ? exchange.response.status() : status_of(thrown),
                   .exception = thrown};
  else
    end.outcome = {
        .what = exchange.outcome.what, .status = exchange.response.status(), .exception = exchange.outcome.exception};
  if (exchange.given_up != Outcome::What::success) end.outcome.what = exchange.given_up;
  end.thrown = std::move(thrown);
  return end;
}

/// Logs exceptions that no response reports, since another one was thrown after them.
void log_faults(const KeptEnd& end, const ErrorTable& errors, const http::Exchange& exchange) noexcept {
  if (end.thrown && !end.faults.empty()) errors.log_replaced(end.thrown, exchange);
  for (const std::exception_ptr& fault : end.faults) {
    if (fault != end.outcome.exception || end.outcome.what != Outcome::What::exception)
      errors.log_finish(fault, exchange);
  }
}

/// The passes over the kept values before the response is sent.
constexpr KeptValues::Pass passes_before_answer[] = {
    KeptValues::Pass::tell, KeptValues::Pass::end_answer,
    KeptValues::Pass::tell,  // of exceptions from `finish`
};

Task<void> end_values(KeptEnd& end, http::Exchange& exchange) {
  for (const KeptValues::Pass pass : passes_before_answer) co_await exchange.kept().run_and_wait(pass, end);
}

/// An error of a file becomes the handler's error if there is none yet; afterwards it replaces the response.
void answer(std::exception_ptr thrown, const ErrorTable& errors, http::Exchange& exchange) noexcept {
  if (thrown)
    errors.answer(std::move(thrown), exchange);
  else
    errors.answer_returned(exchange);
  try {
    settle_file(exchange);
  } catch (const std::exception&) {
    errors.answer(std::current_exception(), exchange);
  }
}

/// `answered`: the exception that the response already reports; null for none.
void answer_after(KeptEnd& end, const std::exception_ptr& answered, const ErrorTable& errors,
                  http::Exchange& exchange) noexcept {
  log_faults(end, errors, exchange);
  exchange.outcome = end.outcome;
  if (end.outcome.exception != answered) answer(std::move(end.outcome.exception), errors, exchange);
}

Task<void> end_and_answer(KeptEnd end, std::exception_ptr answered, const ErrorTable& errors,
                          http::Exchange& exchange) {
  // Otherwise it would throw instead of waiting if it was cancelled before.
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  co_await shield(end_values(end, exchange));
  answer_after(end, answered, errors, exchange);
}

/// Concludes a WebSocket, or a handshake that was refused.
Task<void> end_web_socket(std::exception_ptr thrown, const ErrorTable& errors, http::Exchange& exchange) {
  KeptEnd end = end_of(std::move(thrown), exchange);
  if (exchange.keeps_anything()) co_await shield(end_values(end, exchange));
  log_faults(end, errors, exchange);
  exchange.outcome = end.outcome;
  thrown = std::move(end.outcome.exception);
  conclude_web_socket(thrown, errors, exchange);
  co_await close_web_socket(thrown, exchange);
}

/// Ends the values that are kept until the response was sent.
Task<void> end_all(KeptEnd end, const ErrorTable& errors, http::Exchange& exchange) {
  // Otherwise it would throw instead of waiting if it was cancelled before.
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  co_await shield(exchange.kept().run_and_wait(KeptValues::Pass::end_all, end));
  for (const std::exception_ptr& fault : end.faults) errors.log_finish(fault, exchange);
}

/// The handler has done its work, although nobody waits for its response: some middleware keeps the response. REQUIRES:
/// nothing is kept for the request. Kept values learn that the request has failed, and a transaction takes the work
/// back.
Task<void> note_answer(http::Exchange& exchange) {
  if (exchange.returned_error() != nullptr || exchange.web_socket != nullptr) co_return;
  if (http::Pending pending = exchange.passage().note_answer(exchange)) co_await pending.take();
}

}  // namespace

http::Pending conclude(std::exception_ptr thrown, const ErrorTable& errors, http::Exchange& exchange) noexcept {
  if (exchange.web_socket != nullptr) {
    conclude_web_socket(thrown, errors, exchange);
    return {};
  }
  if (thrown && exchange.streaming == http::Exchange::Streaming::begun) {
    if (is_thrown<const StreamEnded&>(thrown))
      thrown = nullptr;
    else
      exchange.streaming =
          http::Exchange::Streaming::failed;  // too late for a response: the one made below is only logged
  }
  if (!exchange.keeps_anything()) {
    if (thrown || exchange.returned_error() != nullptr)
      exchange.outcome = {.what = Outcome::What::exception, .exception = thrown};
    answer(std::move(thrown), errors, exchange);
    return {};
  }
  if (!thrown && exchange.returned_error() != nullptr) {
    thrown = std::make_exception_ptr(*exchange.returned_error());  // so that the values are told of it
    exchange.clear_returned_error();
  }
  try {
    if (!thrown) settle_file(exchange);  // the status must be known
  } catch (const std::exception&) {
    thrown = std::current_exception();
  }
  std::exception_ptr answered = thrown ? nullptr : exchange.outcome.exception;
  KeptEnd end = end_of(std::move(thrown), exchange);
  if (exchange.kept().wait_before_answer())
    return http::Pending(end_and_answer(std::move(end), std::move(answered), errors, exchange));
  for (const KeptValues::Pass pass : passes_before_answer) exchange.kept().run(pass, end);
  answer_after(end, answered, errors, exchange);
  return {};
}

void conclude_given(const ErrorTable& errors, http::Exchange& exchange) noexcept { answer(nullptr, errors, exchange); }

Task<void> settle(http::Pending pending, const ErrorTable& errors, http::Exchange& exchange) {
  const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  std::exception_ptr thrown;
  bool has_returned = false;
  try {
    co_await pending.take();
    has_returned = true;
    co_await end_parts(exchange);
  } catch (...) {
    thrown = exception_within(std::current_exception());
  }
  // Otherwise the caller that awaits this task would throw instead of continuing, if it was cancelled before it had to
  // wait.
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  const bool is_given_up = exchange.given_up != Outcome::What::success;
  if (is_given_up && has_returned && !exchange.keeps_anything()) co_await note_answer(exchange);
  if (thrown && (is_given_up || cancellation.cancelled() != boost::asio::cancellation_type::none)) {
    // The kept values learn of it at the very end.
    exchange.outcome = {.what = is_given_up ? exchange.given_up : Outcome::What::cancelled, .exception = thrown};
    exchange.background.clear();
    std::rethrow_exception(thrown);
  }
  if (exchange.web_socket != nullptr) co_return co_await end_web_socket(thrown, errors, exchange);
  if (is_given_up) co_return;  // nobody waits for the response, and kept values must not treat it as sent
  if (!thrown) thrown = exchange.fault_before_parts;
  if (http::Pending rest = conclude(thrown, errors, exchange)) co_await rest.take();
}

void end_refused(const HttpError& error, const ErrorTable& errors, http::Exchange& exchange) {
  if (!exchange.keeps_anything() || exchange.given_up != Outcome::What::success) return;
  if (exchange.outcome.what == Outcome::What::success)
    exchange.outcome = {
        .what = Outcome::What::exception, .status = error.status(), .exception = std::make_exception_ptr(error)};
  if (exchange.kept().wait_before_answer()) return;
  KeptEnd end{.outcome = exchange.outcome};
  for (const KeptValues::Pass pass : passes_before_answer) exchange.kept().run(pass, end);
  for (const std::exception_ptr& fault : end.faults) errors.log_finish(fault, exchange);
}

Outcome outcome_of(const http::Exchange& exchange, const Finished& how) {
  Outcome outcome = exchange.outcome;
  if (exchange.given_up != Outcome::What::success)
    outcome.what = exchange.given_up;
  else if (outcome.what == Outcome::What::success)
    outcome.what = what_of(how.ending);
  const bool is_late = outcome.what == Outcome::What::deadline && how.status == 0;
  outcome.status = is_late ? status::service_unavailable : how.status;
  // Values that were kept before the body arrived are told that no handler will be called.
  if (!exchange.was_served && exchange.keeps_anything() && !outcome.exception)
    outcome.exception = std::make_exception_ptr(boost::system::system_error(boost::asio::error::operation_aborted));
  return outcome;
}

http::Pending end_kept(const Outcome& outcome, const ErrorTable& errors, http::Exchange& exchange) noexcept {
  KeptEnd end{.outcome = outcome};
  if (exchange.kept().wait()) return http::Pending(end_all(std::move(end), errors, exchange));
  exchange.kept().run(KeptValues::Pass::end_all, end);
  for (const std::exception_ptr& fault : end.faults) errors.log_finish(fault, exchange);
  return {};
}

}  // namespace serval::detail
