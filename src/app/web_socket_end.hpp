// SPDX-License-Identifier: MIT
// Ends a WebSocket whose handler has ended.
#pragma once

#include <exception>

#include <serval/base/task_fwd.hpp>

#include "app/error_table.hpp"

namespace serval::detail {

/// If the handshake was not answered: an empty 403 if the handler threw, otherwise the response as the handler left it.
/// Does nothing after the handshake. Never throws; exceptions that no error handler handles are logged.
void conclude_web_socket(const std::exception_ptr& thrown, const ErrorTable& errors, http::Exchange& exchange) noexcept;

/// Closes the WebSocket if the handler has not: with 1000, or the code for the exception that it threw.
[[nodiscard]] Task<void> close_web_socket(std::exception_ptr thrown, http::Exchange& exchange);

}  // namespace serval::detail
