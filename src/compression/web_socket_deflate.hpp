// SPDX-License-Identifier: MIT
// Compression of WebSocket messages (permessage-deflate, RFC 7692): the agreement of the handshake, and the two
// streams. No I/O. The streams are Beast's zlib.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <serval/http/web_socket_extension.hpp>

namespace serval::detail {

/// The parameters that both sides use (RFC 7692 section 7.1).
struct DeflateAgreement {
  bool server_no_context_takeover = false;
  bool client_no_context_takeover = false;
  /// log2 of the window that the server compresses with: 9 to 15. The client may choose any window for its messages,
  /// since the server can always inflate the largest one.
  int server_max_window_bits = 15;

  /// The value of `sec-websocket-extensions` in the response.
  [[nodiscard]] std::string text() const;
};

/// Accepts the first offer in a `sec-websocket-extensions` value that the server supports, or returns nothing if there
/// is none. RFC 7692 section 7.1 requires to decline an offer if one of its parameters is unknown, occurs twice or has
/// an invalid value.
[[nodiscard]] std::optional<DeflateAgreement> agree_on_deflate(std::string_view offers);

/// Inflates the messages of the client. Allocates its window at the first use.
class WebSocketInflater {
 public:
  explicit WebSocketInflater(DeflateAgreement agreement) noexcept;
  ~WebSocketInflater();
  WebSocketInflater(const WebSocketInflater&) = delete;
  WebSocketInflater& operator=(const WebSocketInflater&) = delete;

  using Result = http::WebSocketCodec::Unpacked;
  /// Inflates the next piece of a message and appends the result to `out`. Returns `too_big` as soon as `out` is longer
  /// than `max_bytes`; 0: no limit.
  [[nodiscard]] Result inflate(std::string_view piece, std::string& out, std::size_t max_bytes);
  /// Ends the message and appends the rest of it. Called once after its last piece.
  [[nodiscard]] Result finish(std::string& out, std::size_t max_bytes);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  const bool forgets_;  // whether each message begins with an empty window
};

/// Deflates the messages of the server. Allocates its window at the first use.
class WebSocketDeflater {
 public:
  explicit WebSocketDeflater(DeflateAgreement agreement) noexcept;
  ~WebSocketDeflater();
  WebSocketDeflater(const WebSocketDeflater&) = delete;
  WebSocketDeflater& operator=(const WebSocketDeflater&) = delete;

  /// Shorter messages are not worth compressing.
  static constexpr std::size_t least_bytes = 64;
  /// Returns the payload for a whole message. Payloads must be sent in the order of the calls.
  [[nodiscard]] std::string deflate(std::string_view message);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  const int window_bits_;
  const bool forgets_;
};

}  // namespace serval::detail
