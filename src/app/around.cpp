// SPDX-License-Identifier: MIT
#include "app/around.hpp"

#include <exception>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>

namespace serval::detail {

namespace {

void throw_returned(http::Exchange& exchange) {
  if (exchange.returned_error() == nullptr) return;
  const HttpError error = *exchange.returned_error();
  exchange.clear_returned_error();
  throw HttpError(error);
}

/// A hook may answer instead of an exception; the values of dependencies are still told of the exception.
void note_exception(http::Exchange& exchange) noexcept {
  exchange.outcome = {.what = Outcome::What::exception, .exception = std::current_exception()};
}

Task<void> finish_core(http::Pending pending, http::Exchange& exchange) {
  try {
    co_await pending.take();
    throw_returned(exchange);
  } catch (...) {
    note_exception(exchange);
    throw;
  }
}

}  // namespace

http::Pending run_around(const Chain& chain, http::Exchange& exchange, Onion::Core core) {
  const auto whole = [core = std::move(core), &exchange]() -> http::Pending {
    exchange.outcome = {};
    try {
      if (http::Pending pending = core()) return http::Pending(finish_core(std::move(pending), exchange));
      throw_returned(exchange);
    } catch (...) {
      note_exception(exchange);
      throw;
    }
    return {};
  };
  return http::Pending(Onion::run(chain, exchange, whole));
}

}  // namespace serval::detail
