// SPDX-License-Identifier: MIT
// The WebSocket frames that a server sends (RFC 6455 section 5). No I/O.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace serval::detail {

enum class WebSocketOpcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// The head of a frame that a server sends. Each frame is a whole message or a control frame, so FIN is set, and it has
/// no mask.
struct WebSocketFrameHead {
  std::array<char, 10> bytes{};
  std::uint8_t size = 0;

  WebSocketFrameHead() = default;
  enum class Payload : std::uint8_t { plain, packed };
  WebSocketFrameHead(WebSocketOpcode opcode, std::size_t payload_bytes, Payload payload = Payload::plain) noexcept;

  [[nodiscard]] std::string_view text() const noexcept { return {bytes.data(), size}; }
};

/// The largest payload of a control frame, in bytes. In a close frame the code takes two of them.
inline constexpr std::size_t max_control_bytes = 125;

/// Close codes with a defined meaning (RFC 6455 section 7.4.1, and the IANA registry for 1012 to 1014).
inline constexpr int close_normal = 1000, close_going_away = 1001, close_protocol_error = 1002, close_no_status = 1005,
                     close_abnormal = 1006, close_invalid_data = 1007, close_too_big = 1009,
                     close_internal_error = 1011, close_try_again_later = 1013;

/// Returns the payload of a close frame; for 1005, which means that there is no code, it is empty.
[[nodiscard]] std::string close_payload(int code, std::string_view reason);

}  // namespace serval::detail
