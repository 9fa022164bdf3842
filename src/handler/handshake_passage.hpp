// SPDX-License-Identifier: MIT
// The response to a WebSocket handshake on its way through middleware.
#pragma once

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>
#include <serval/handler/web_socket_channel.hpp>

namespace serval::detail {

/// Passes the 101 response to the `after` hooks of every middleware and returns its final fields. The hooks may add and
/// remove fields, except those of the handshake itself. The session of the WebSocket calls it before it sends the 101.
/// Errors: `std::invalid_argument` as `http::require_accept_fields`; exceptions of middleware. Lifetime: `exchange` and
/// `answer` outlive the task.
[[nodiscard]] Task<http::WebSocketAccept> leave_with(http::Exchange& exchange, const http::WebSocketAccept& answer);

}  // namespace serval::detail
