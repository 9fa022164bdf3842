// SPDX-License-Identifier: MIT
// Extensions that change the messages of a WebSocket on their way (RFC 6455 section 9), such as compression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace serval::http {

/// Packs and unpacks the messages of one WebSocket, as agreed on in the handshake. A packed message has the bit RSV1
/// set in its first frame (RFC 7692 section 6); messages without the bit are not passed to `unpack`. Thread safety:
/// none; only the loop of the connection uses it.
class WebSocketCodec {
 public:
  WebSocketCodec() = default;
  WebSocketCodec(const WebSocketCodec&) = delete;
  WebSocketCodec& operator=(const WebSocketCodec&) = delete;
  virtual ~WebSocketCodec() = default;

  /// The value of `sec-websocket-extensions` in the response to the handshake.
  [[nodiscard]] virtual std::string agreement() const = 0;

  /// The result of unpacking: the connection is closed with 1007 after `corrupt`, with 1009 after `too_big`.
  enum class Unpacked : std::uint8_t { ok, corrupt, too_big };
  /// Unpacks the next bytes of a message and appends the result to `message`. Returns `too_big` as soon as `message` is
  /// longer than `max_bytes`, so that a message never takes much more memory than the limit; 0: no limit.
  [[nodiscard]] virtual Unpacked unpack(std::string_view bytes, std::string& message, std::size_t max_bytes) = 0;
  /// Ends a message and appends the rest of it. Called once after the last bytes of each packed message.
  [[nodiscard]] virtual Unpacked finish(std::string& message, std::size_t max_bytes) = 0;

  /// Returns the payload for a whole message to the client, or nothing if the message is to be sent unpacked. Payloads
  /// are sent in the order of the calls.
  [[nodiscard]] virtual std::optional<std::string> pack(std::string_view message) = 0;
};

/// An extension that a server offers, see `WebSocketOptions::compression`.
/// Thread safety: all loops call it at the same time.
class WebSocketExtension {
 public:
  WebSocketExtension() = default;
  WebSocketExtension(const WebSocketExtension&) = delete;
  WebSocketExtension& operator=(const WebSocketExtension&) = delete;
  virtual ~WebSocketExtension() = default;

  /// Accepts the first of a client's offers that it supports, or returns null if there is none. `offers`: all fields
  /// `sec-websocket-extensions` of the request as one list, empty if there are none.
  [[nodiscard]] virtual std::unique_ptr<WebSocketCodec> negotiate(std::string_view offers) const = 0;
};

}  // namespace serval::http
