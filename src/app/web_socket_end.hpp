// SPDX-License-Identifier: MIT
// What becomes of a WebSocket whose handler has ended.
#pragma once

#include <exception>

#include <serval/base/task_fwd.hpp>

#include "app/error_table.hpp"

namespace serval::detail {

/// Before the handshake was answered: 403 and nothing else where the handler threw; what it left in the response
/// otherwise. Afterwards nothing. Never throws; what is nobody's error handler's is logged.
void conclude_web_socket(const std::exception_ptr& thrown, const ErrorTable& errors, http::Exchange& exchange) noexcept;

/// Closes where the handler has not: 1000, or what fits the exception that it threw.
[[nodiscard]] Task<void> close_web_socket(std::exception_ptr thrown, http::Exchange& exchange);

}  // namespace serval::detail
