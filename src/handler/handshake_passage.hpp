// SPDX-License-Identifier: MIT
// The answer to a WebSocket handshake on its way through middleware.
#pragma once

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>
#include <serval/handler/web_socket_channel.hpp>

namespace serval::detail {

/// What the 101 says once the `after` of every middleware has seen it: fields may come and go, but for those of the
/// handshake itself. For whoever carries the WebSocket, before it answers. Errors: `std::invalid_argument` as
/// `http::require_accept_fields`; what a middleware throws. Lifetime: the answer outlives the task.
[[nodiscard]] Task<http::WebSocketAccept> leave_with(http::Exchange& exchange, const http::WebSocketAccept& answer);

}  // namespace serval::detail
