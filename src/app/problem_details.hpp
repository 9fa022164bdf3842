// SPDX-License-Identifier: MIT
// Errors as problem details (RFC 9457): the responses of `ErrorTable` for `http::ErrorFormat::problem_details`.
#pragma once

#include <serval/handler/exchange.hpp>
#include <serval/schema/errors.hpp>

namespace serval::detail {

void respond_problem(http::Exchange& exchange, const HttpError& error);
void respond_problem(http::Exchange& exchange, const ValidationError& error);

}  // namespace serval::detail
