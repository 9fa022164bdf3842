// SPDX-License-Identifier: MIT
// Messages of a WebSocket, and what a close frame may carry (RFC 6455 sections 5 and 7.4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace serval {

/// A whole message, assembled from its fragments and decompressed.
struct WebSocketMessage {
  /// The frames distinguish texts and bytes.
  enum class Kind : std::uint8_t { text, binary };
  Kind kind = Kind::text;  ///< which of the two it is
  std::string data;        ///< valid UTF-8 for a text
};

}  // namespace serval

namespace serval::http {

/// Whether a close frame may carry the code (RFC 6455 section 7.4, and the registry since).
[[nodiscard]] bool may_close_with(int code) noexcept;
/// Errors: `std::invalid_argument` for a code that a close frame must not carry (RFC 6455 section 7.4), for a reason of
/// more than 123 bytes or that is not UTF-8.
void require_close_frame(int code, std::string_view reason);

}  // namespace serval::http
