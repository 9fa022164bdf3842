// SPDX-License-Identifier: MIT
// How a response becomes complete: errors that a handler threw or returned, files for conditional requests, the end of
// a streamed response or a WebSocket; and how the values that were kept for the request end.
#pragma once

#include <exception>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>
#include <serval/handler/finished.hpp>
#include <serval/handler/pending.hpp>

#include "app/error_table.hpp"

namespace serval::detail {

/// Turns an error that a handler threw or returned into a response, after the values that are kept until then have
/// ended. Never throws. If it has to wait for one of them, it returns a task, which no cancellation interrupts.
[[nodiscard]] http::Pending conclude(std::exception_ptr thrown, const ErrorTable& errors,
                                     http::Exchange& exchange) noexcept;

/// Completes a response from a middleware before the handler.
void conclude_given(const ErrorTable& errors, http::Exchange& exchange) noexcept;

/// Awaits the task of a handler and concludes; only a cancellation passes through. The values of an abandoned request
/// are left to `end_kept`.
[[nodiscard]] Task<void> settle(http::Pending pending, const ErrorTable& errors, http::Exchange& exchange);

/// For a request that was refused before its handler was called: ends the values of dependencies that were called
/// before the body arrived and that are kept until the response. If one of them has to be waited for, all end with
/// `end_kept`. Exceptions from `finish` are logged. Errors: out of memory.
void end_refused(const HttpError& error, const ErrorTable& errors, http::Exchange& exchange);

/// The outcome of a request, as known at its end.
[[nodiscard]] Outcome outcome_of(const http::Exchange& exchange, const Finished& how);

/// Ends the remaining kept values. Exceptions from `finish` are logged. If it has to wait, it returns a task, which no
/// cancellation interrupts. Never throws.
[[nodiscard]] http::Pending end_kept(const Outcome& outcome, const ErrorTable& errors,
                                     http::Exchange& exchange) noexcept;

}  // namespace serval::detail
