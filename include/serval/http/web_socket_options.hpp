// SPDX-License-Identifier: MIT
// The limits and timeouts of a server's WebSockets.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <memory>
#include <utility>

#include <serval/http/web_socket_extension.hpp>

namespace serval {

/// How the messages of WebSockets are compressed: not at all or by an extension, see `WebSocketOptions::compression`.
class WebSocketCompression {
 public:
  /// No compression.
  WebSocketCompression() noexcept = default;
  /// Compression by an extension, which all connections share. Null: no compression.
  template <std::derived_from<http::WebSocketExtension> T>
  WebSocketCompression(std::shared_ptr<T> extension) noexcept : extension_(std::move(extension)) {}
  /// Does not compile; the error says what to write instead of `true`.
  template <std::same_as<bool> T>
  WebSocketCompression(T) {
    static_assert(!std::same_as<T, bool>,
                  "serval: write .compression = serval::permessage_deflate() to compress the messages of WebSockets; "
                  "include <serval/compression.hpp> and link serval::compression");
  }

  /// Null: no compression.
  [[nodiscard]] const http::WebSocketExtension* extension() const noexcept { return extension_.get(); }

 private:
  std::shared_ptr<const http::WebSocketExtension> extension_;
};

/// The limits and timeouts of a server's WebSockets, see `ServerOptions::web_sockets`.
struct WebSocketOptions {
  /// Bytes of a message, after decompression. Default 1 MiB; 0: no limit. Beyond: closed with 1009.
  std::size_t max_message_bytes = 1024 * 1024;
  /// Bytes that wait to be sent by `http::WebSocketSender` before the peer is closed with 1013. Default 1 MiB; 0: no
  /// limit.
  std::size_t max_queued_bytes = 1024 * 1024;
  /// The time without a byte from the peer after which a ping is sent; after the same time without an answer the
  /// connection is closed. A handler that leaves 16 messages or 64 KiB unreceived for two intervals has its WebSocket
  /// closed with 1013, since neither pongs nor the peer's close can be seen meanwhile. Default 30 s; 0: no pings.
  std::chrono::milliseconds ping_interval{30'000};
  /// The time from our close frame to the peer's, and, after the WebSocket has ended, the time after which a handler
  /// that still runs is cancelled. Default 5 s; 0: no limit.
  std::chrono::milliseconds close_timeout{5'000};
  /// The compression of messages with clients that offer it: `permessage_deflate()` of `<serval/compression.hpp>`.
  /// Default: none, since it takes about 300 KiB for each connection.
  WebSocketCompression compression{};
};

}  // namespace serval
