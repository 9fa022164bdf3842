// SPDX-License-Identifier: MIT
#include "wire/web_socket_frame.hpp"

namespace serval::detail {

WebSocketFrameHead::WebSocketFrameHead(WebSocketOpcode opcode, std::size_t payload_bytes, Payload payload) noexcept {
  constexpr unsigned fin = 0x80, rsv1 = 0x40;
  const auto put = [this](std::uint64_t byte) { bytes[size++] = static_cast<char>(static_cast<unsigned char>(byte)); };
  put(fin | (payload == Payload::packed ? rsv1 : 0U) | static_cast<unsigned>(opcode));
  const std::uint64_t length = payload_bytes;
  const unsigned length_bytes = length <= 125 ? 0 : length <= 0xFFFF ? 2 : 8;
  put(length_bytes == 0 ? length : length_bytes == 2 ? 126U : 127U);
  for (unsigned byte = length_bytes; byte-- > 0;) put(length >> (8 * byte) & 0xFF);
}

std::string close_payload(int code, std::string_view reason) {
  std::string payload;
  if (code == close_no_status) return payload;
  payload.reserve(2 + reason.size());
  payload.push_back(static_cast<char>(static_cast<unsigned char>(code >> 8)));
  payload.push_back(static_cast<char>(static_cast<unsigned char>(code & 0xFF)));
  return payload.append(reason);
}

}  // namespace serval::detail
