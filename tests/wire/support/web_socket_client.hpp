// SPDX-License-Identifier: MIT
// A client of raw WebSocket frames for tests: the test decides about every bit that it sends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/wire/support/client.hpp"

namespace serval::testing {

enum Opcode : unsigned { op_continuation = 0, op_text = 1, op_binary = 2, op_close = 8, op_ping = 9, op_pong = 10 };

/// A frame of a client. Its members let a test break the rules of the protocol.
struct Frame {
  unsigned opcode = op_text;
  std::string payload{};
  bool fin = true;
  unsigned rsv = 0;  ///< 4: RSV1, 2: RSV2, 1: RSV3
  bool masked = true;
  unsigned length_bytes = 0;                 ///< 0: the shortest form; otherwise 2 or 8
  std::optional<std::uint64_t> announced{};  ///< announces this length instead of that of the payload

  [[nodiscard]] std::string bytes() const {
    std::string out;
    const auto put = [&out](std::uint64_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    put((fin ? 0x80U : 0U) | rsv << 4 | opcode);
    const std::uint64_t length = announced.value_or(payload.size());
    const unsigned extra = length_bytes != 0 ? length_bytes : length <= 125 ? 0U : length <= 0xFFFF ? 2U : 8U;
    put((masked ? 0x80U : 0U) | (extra == 0 ? length : extra == 2 ? 126U : 127U));
    for (unsigned i = extra; i-- > 0;) put(length >> (8 * i) & 0xFF);
    constexpr std::string_view mask = "\x37\xfa\x21\x3d";
    if (masked) out += mask;
    for (std::size_t i = 0; i < payload.size(); ++i) {
      out += masked ? static_cast<char>(payload[i] ^ mask[i % mask.size()]) : payload[i];
    }
    return out;
  }
};

[[nodiscard]] inline std::string close_frame(int code, std::string_view reason = {}) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  return Frame{.opcode = op_close, .payload = payload.append(reason)}.bytes();
}

[[nodiscard]] inline std::string web_socket_request(std::string_view path, std::string_view fields = {}) {
  return "GET " + std::string(path) +
         " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         std::string(fields) + "\r\n";
}

/// A frame of the server: the first byte, which contains FIN and the reserved bits, and the payload.
struct ServerFrame {
  unsigned first = 0;
  std::string payload;

  [[nodiscard]] unsigned opcode() const noexcept { return first & 0x0FU; }
  friend bool operator==(const ServerFrame&, const ServerFrame&) = default;
};

inline void PrintTo(const ServerFrame& frame, std::ostream* out) {
  *out << std::hex << frame.first << std::dec << " (" << frame.payload.size() << ") " << frame.payload.substr(0, 80);
}

/// Returns a whole message or a control frame as the server sends it.
[[nodiscard]] inline ServerFrame whole(unsigned opcode, std::string payload) {
  return {0x80U | opcode, std::move(payload)};
}
[[nodiscard]] inline ServerFrame closed_with(int code, std::string_view reason = {}) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  return whole(op_close, payload.append(reason));
}

class WebSocketClient {
 public:
  /// Sends the handshake; `answer` returns the response to it.
  explicit WebSocketClient(std::uint16_t port, std::string_view path = "/", std::string_view fields = {})
      : client_(port) {
    client_.send(web_socket_request(path, fields));
    answer_ = client_.read_answer();
  }

  [[nodiscard]] const std::string& answer() const noexcept { return answer_; }
  [[nodiscard]] RawClient& raw() noexcept { return client_; }

  bool send(const Frame& frame) { return client_.send(frame.bytes()); }
  bool send(std::string_view bytes) { return client_.send(bytes); }

  /// Returns the next frame; nothing if the connection has ended or time is up. A masked frame fails the test.
  std::optional<ServerFrame> read() {
    for (;;) {
      if (auto frame = parse()) return frame;
      if (!client_.receive()) return std::nullopt;
    }
  }
  /// Returns the code of the close frame that comes next; 1005 if it has none, 0 if something else comes.
  int read_close() {
    const auto frame = read();
    if (!frame || frame->first != (0x80U | op_close)) return 0;
    if (frame->payload.size() < 2) return 1005;
    return static_cast<unsigned char>(frame->payload[0]) << 8 | static_cast<unsigned char>(frame->payload[1]);
  }
  /// Returns whether the server ends the connection without sending another byte.
  bool is_ended() {
    while (client_.receive()) {
    }
    return client_.closed() && client_.received().size() == taken_;
  }

 private:
  std::optional<ServerFrame> parse() {
    const std::string_view bytes = std::string_view(client_.received()).substr(taken_);
    if (bytes.size() < 2) return std::nullopt;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    std::uint64_t length = at(1);
    const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (bytes.size() < 2 + extra) return std::nullopt;
    if (extra != 0) length = 0;
    for (std::size_t i = 0; i < extra; ++i) length = length << 8 | at(2 + i);
    if (bytes.size() - 2 - extra < length) return std::nullopt;
    ServerFrame frame{at(0), std::string(bytes.substr(2 + extra, length))};
    taken_ += 2 + extra + length;
    return frame;
  }

  RawClient client_;
  std::string answer_;
  std::size_t taken_ = 0;  // the number of received bytes that `read` has returned
};

}  // namespace serval::testing
