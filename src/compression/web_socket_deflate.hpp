// SPDX-License-Identifier: MIT
// Compression of messages (permessage-deflate, RFC 7692): what is agreed on in the handshake, and the two streams. No
// I/O. The streams are Beast's zlib.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <serval/http/web_socket_extension.hpp>

namespace serval::detail {

/// What both sides keep to (RFC 7692 section 7.1).
struct DeflateAgreement {
  bool server_no_context_takeover = false;
  bool client_no_context_takeover = false;
  /// The binary logarithm of the window that we compress with: 9 to 15. What the client compresses with is its own
  /// choice, since we can always inflate the largest.
  int server_max_window_bits = 15;

  /// As the value of `sec-websocket-extensions` in the answer.
  [[nodiscard]] std::string text() const;
};

/// The first offer of a `sec-websocket-extensions` that we can keep to. Nothing where there is none: RFC 7692 section
/// 7.1 wants an offer with a parameter that is unknown, given twice or of no valid value declined.
[[nodiscard]] std::optional<DeflateAgreement> agree_on_deflate(std::string_view offers);

/// Inflates what the client sends. Makes its window when it is first used.
class WebSocketInflater {
 public:
  explicit WebSocketInflater(DeflateAgreement agreement) noexcept;
  ~WebSocketInflater();
  WebSocketInflater(const WebSocketInflater&) = delete;
  WebSocketInflater& operator=(const WebSocketInflater&) = delete;

  using Result = http::WebSocketCodec::Unpacked;
  /// Appends what the next piece of a message inflates to; `out` is at most `max_bytes` long then, 0 for no limit.
  [[nodiscard]] Result inflate(std::string_view piece, std::string& out, std::size_t max_bytes);
  /// The message is whole.
  [[nodiscard]] Result finish(std::string& out, std::size_t max_bytes);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  const bool forgets_;  // each message begins with an empty window
};

/// Deflates what we send. Makes its window when it is first used.
class WebSocketDeflater {
 public:
  explicit WebSocketDeflater(DeflateAgreement agreement) noexcept;
  ~WebSocketDeflater();
  WebSocketDeflater(const WebSocketDeflater&) = delete;
  WebSocketDeflater& operator=(const WebSocketDeflater&) = delete;

  /// A shorter message is not worth it.
  static constexpr std::size_t least_bytes = 64;
  /// The payload of a whole message. To be sent in the order of the calls.
  [[nodiscard]] std::string deflate(std::string_view message);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  const int window_bits_;
  const bool forgets_;
};

}  // namespace serval::detail
