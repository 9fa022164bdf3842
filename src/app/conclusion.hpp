// SPDX-License-Identifier: MIT
// How an answer becomes complete: what a handler threw or returned in its place, files with the request's conditions,
// the end of an answer in parts, of a WebSocket; and how what was kept for the request ends.
#pragma once

#include <exception>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>
#include <serval/handler/finished.hpp>
#include <serval/handler/pending.hpp>

#include "app/error_table.hpp"

namespace serval::detail {

/// What a handler threw or returned in place of an answer becomes one, after the values that are kept until then have
/// ended. Never throws. Where one of those has to be waited for there is a task, which no cancellation cuts.
[[nodiscard]] http::Pending conclude(std::exception_ptr thrown, const ErrorTable& errors,
                                     http::Exchange& exchange) noexcept;

/// An answer that a middleware gave before there was a handler.
void conclude_given(const ErrorTable& errors, http::Exchange& exchange) noexcept;

/// Awaits what a handler left behind and concludes; only a cancellation passes through. Of a request that was given up
/// the values are left to `end_kept`.
[[nodiscard]] Task<void> settle(http::Pending pending, const ErrorTable& errors, http::Exchange& exchange);

/// For a request that was refused in place of calling its handler: ends the values of dependencies that were called
/// before the body came, those that are kept until the answer is made. Where one of them has to be waited for all end
/// with `end_kept`. What `finish` throws is logged. Errors: out of memory.
void end_refused(const HttpError& error, const ErrorTable& errors, http::Exchange& exchange);

/// What became of a request, as is known at its end.
[[nodiscard]] Outcome outcome_of(const http::Exchange& exchange, const Finished& how);

/// Ends what is still kept and resets the exchange. What `finish` throws is logged. Where something has to be waited
/// for there is a task, which is not to be cancelled. Never throws.
[[nodiscard]] http::Pending end_kept(const Outcome& outcome, const ErrorTable& errors,
                                     http::Exchange& exchange) noexcept;

}  // namespace serval::detail
