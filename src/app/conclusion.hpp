// SPDX-License-Identifier: MIT
// How an answer becomes complete: what a handler threw or returned in its place, files with the request's conditions,
// the end of an answer in parts, of a WebSocket.
#pragma once

#include <exception>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>
#include <serval/handler/pending.hpp>

#include "app/error_table.hpp"

namespace serval::detail {

/// What a handler threw or returned in place of an answer becomes one. Never throws.
void conclude(std::exception_ptr thrown, const ErrorTable& errors, http::Exchange& exchange) noexcept;

/// An answer that a middleware gave before there was a handler.
void conclude_given(const ErrorTable& errors, http::Exchange& exchange) noexcept;

/// Awaits what a handler left behind and concludes; only a cancellation passes through.
[[nodiscard]] Task<void> settle(http::Pending pending, const ErrorTable& errors, http::Exchange& exchange);

}  // namespace serval::detail
