// SPDX-License-Identifier: MIT
// What a server allows its WebSockets.
#pragma once

#include <chrono>
#include <cstddef>

namespace serval {

/// What a server allows its WebSockets, see `ServerOptions::web_sockets`.
struct WebSocketOptions {
  /// Bytes of a message, after inflation. Default 1 MiB; 0: no limit. Beyond: closed with 1009.
  std::size_t max_message_bytes = 1024 * 1024;
  /// Bytes that wait to be sent by `WebSocketSender` before the peer is closed with 1013. Default 1 MiB; 0: no limit.
  std::size_t max_queued_bytes = 1024 * 1024;
  /// A ping after so long without a byte from the peer; without an answer for as long again the connection is cut.
  /// A handler that leaves 16 messages or 64 KiB unreceived for two intervals has its WebSocket closed with 1013, since
  /// neither answers nor the peer's end can be seen meanwhile. Default 30 s; 0: no pings.
  std::chrono::milliseconds ping_interval{30'000};
  /// From a close frame to the peer's; and, once the WebSocket has ended, until a handler that goes on is cancelled.
  /// Default 5 s; 0: no limit.
  std::chrono::milliseconds close_timeout{5'000};
  /// Whether `permessage-deflate` (RFC 7692) is agreed on where the client offers it. Costs about 300 KiB a connection,
  /// so default false.
  bool compression = false;
};

}  // namespace serval
