// SPDX-License-Identifier: MIT
#include "app/error_table.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

#include <serval/base/error.hpp>
#include <serval/base/thrown.hpp>
#include <serval/http/status.hpp>
#include <serval/params/respond.hpp>
#include <serval/schema/errors.hpp>

#include "app/problem_details.hpp"
#include "base/fault_text.hpp"
#include "base/log_text.hpp"
#include "http/request_note.hpp"

namespace serval::detail {

namespace {

/// A response that a handler has begun must neither be part of the error response nor continue after it.
void clear_answer(http::Exchange& exchange) {
  exchange.response.reset();
  exchange.background.clear();
  exchange.clear_returned_error();
}

/// For the log: the route, if there is one.
std::string_view path_of(const Request& request) {
  return request.route().empty() ? request.raw_path() : request.route();
}

}  // namespace

ErrorTable::Family ErrorTable::family_of(const std::exception_ptr& thrown) noexcept {
  if (is_thrown<const HttpError&>(thrown)) return Family::http;
  return is_thrown<const ValidationError&>(thrown) ? Family::validation : Family::other;
}

void ErrorTable::add(ErrorHandler handler) {
  const Family family = is_thrown<const HttpError*>(handler.pointer)         ? Family::http
                        : is_thrown<const ValidationError*>(handler.pointer) ? Family::validation
                                                                             : Family::other;
  // Inserted before the first handler for one of its bases, so that the most derived class is tried first.
  const auto base = std::find_if(handlers_.begin(), handlers_.end(),
                                 [&](const Entry& other) { return other.handler.catches_pointer(handler.pointer); });
  if (base != handlers_.end() && handler.catches_pointer(base->handler.pointer)) {
    *base = {std::move(handler), family};  // the same class again: the later handler counts
  } else {
    handlers_.insert(base, {std::move(handler), family});
  }
}

void ErrorTable::add(int status, std::function<void(const HttpError&, http::Exchange&)> handler) {
  if (!http::is_final_status(status))
    throw SetupError(
        "on_status: a response cannot have the status " + std::to_string(status) + "; use one from 200 to 599", {});
  by_status_[status] = std::move(handler);
}

bool ErrorTable::answer_by_handler(const std::exception_ptr& thrown, http::Exchange& exchange) const {
  if (handlers_.empty()) return false;
  const Family family = family_of(thrown);
  const bool is_answered = std::any_of(handlers_.begin(), handlers_.end(), [&](const Entry& entry) {
    return (family == Family::other || entry.family == family) && entry.handler.answer(thrown, exchange);
  });
  if (is_answered) write_returned(exchange);
  return is_answered;
}

void ErrorTable::answer(std::exception_ptr thrown, http::Exchange& exchange) const noexcept {
  try {
    clear_answer(exchange);
    if (!answer_by_handler(thrown, exchange)) answer_default(thrown, exchange);
    return;
  } catch (...) {
    thrown = std::current_exception();
  }
  answer_unknown(exchange, fault_text(thrown));  // the error handler itself failed
}

void ErrorTable::answer(const HttpError& error, http::Exchange& exchange) const noexcept {
  if (!handlers_.empty()) return answer(std::make_exception_ptr(error), exchange);
  try {
    clear_answer(exchange);
    answer_status(error, exchange);
  } catch (...) {
    answer_unknown(exchange, fault_text(std::current_exception()));
  }
}

void ErrorTable::answer_returned(http::Exchange& exchange) const noexcept {
  if (exchange.returned_error() == nullptr) return;
  const HttpError error = *exchange.returned_error();
  exchange.clear_returned_error();
  answer(error, exchange);
}

void ErrorTable::log_finish(const std::exception_ptr& thrown, const http::Exchange& exchange) const noexcept {
  logger_->error("{} {}: finish of a dependency's value failed: {}{}", exchange.request.method_text(),
                 path_of(exchange.request), fault_text(thrown), request_note(exchange.request));
}

void ErrorTable::log_replaced(const std::exception_ptr& thrown, const http::Exchange& exchange) const noexcept {
  logger_->error("{} {} failed: {}; then finish of a dependency's value failed, too{}", exchange.request.method_text(),
                 path_of(exchange.request), fault_text(thrown), request_note(exchange.request));
}

void ErrorTable::answer_default(const std::exception_ptr& thrown, http::Exchange& exchange) const {
  try {
    std::rethrow_exception(thrown);
  } catch (const HttpError& error) {
    answer_status(error, exchange);
  } catch (const ValidationError& error) {
    if (const auto handler = by_status_.find(422); handler != by_status_.end()) {
      handler->second(HttpError(422, "Validation Error"), exchange);
      write_returned(exchange);
    } else {
      write(error, exchange);
    }
  }
}

void ErrorTable::answer_status(const HttpError& error, http::Exchange& exchange) const {
  const auto handler = by_status_.find(error.status());
  if (handler == by_status_.end()) return write(error, exchange);
  handler->second(error, exchange);
  write_returned(exchange);
  for (const auto& [name, value] : error.headers()) {
    if (!exchange.response.headers().contains(name)) exchange.response.headers().add(name, value);
  }
}

void ErrorTable::answer_unknown(http::Exchange& exchange, const std::string& what) const noexcept {
  try {
    const Request& request = exchange.request;
    const std::string id(request.request_id());
    std::string written;
    append_log_text(written, id);
    logger_->error("{} {} failed: {} (request {})", request.method_text(), path_of(request), what, written);
    clear_answer(exchange);
    if (const auto handler = by_status_.find(500); handler != by_status_.end()) {
      handler->second(HttpError(500), exchange);
      write_returned(exchange);
    } else {
      write_unknown(exchange, what);
    }
    exchange.response.headers().set("x-request-id", id);
  } catch (...) {
    // The last resort: an empty 500.
    exchange.response.reset();
    exchange.response.set_status(500);
  }
}

bool ErrorTable::writes_problems() const noexcept {
  return options_.error_format == http::ErrorFormat::problem_details;
}

void ErrorTable::write(const HttpError& error, http::Exchange& exchange) const {
  if (writes_problems())
    respond_problem(exchange, error);
  else
    respond_error(exchange, error);
}

void ErrorTable::write(const ValidationError& error, http::Exchange& exchange) const {
  if (writes_problems()) return respond_problem(exchange, error);
  exchange.response = Response(422, schema::to_json_text(error.issues()), "application/json");
}

void ErrorTable::write_unknown(http::Exchange& exchange, const std::string& what) const {
  if (writes_problems())
    respond_problem(exchange, options_.debug ? HttpError(500, what) : HttpError(500));
  else
    exchange.response = plain_text(options_.debug ? "Internal Server Error: " + what : "Internal Server Error", 500);
}

void ErrorTable::write_returned(http::Exchange& exchange) const {
  if (exchange.returned_error() == nullptr) return;
  const HttpError error = *exchange.returned_error();
  exchange.clear_returned_error();
  write(error, exchange);
}

}  // namespace serval::detail
