// SPDX-License-Identifier: MIT
#pragma once

#include <serval/http/headers.hpp>

namespace serval::detail {

/// Whether the `upgrade` field names WebSocket, as in a handshake (RFC 6455 section 4.1), which may lack other parts.
[[nodiscard]] inline bool has_web_socket_upgrade(const http::RequestHeaders& headers) noexcept {
  return http::has_list_element(headers, "upgrade", "websocket");
}

}  // namespace serval::detail
