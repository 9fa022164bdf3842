// SPDX-License-Identifier: MIT
// The parts of a WebSocket handshake's response that the program sets (RFC 6455 section 4.2.2).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::http {

/// The parts of the handshake's response that the program sets.
struct WebSocketAccept {
  std::string subprotocol{};                                   ///< one that the client offered; empty: none
  std::vector<std::pair<std::string, std::string>> headers{};  ///< further fields of the 101
};

/// Whether only the connection may set a field of the 101: fields of the handshake (RFC 6455 section 4.2.2) or of the
/// framing.
[[nodiscard]] bool belongs_to_handshake(std::string_view name) noexcept;
/// Errors: `std::invalid_argument` for an invalid header field, or one that is part of the handshake or the framing.
void require_accept_fields(const WebSocketAccept& answer);

}  // namespace serval::http
