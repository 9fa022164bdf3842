// SPDX-License-Identifier: MIT
// The interface of a WebSocket connection (RFC 6455): the response to the handshake, messages in both directions, the
// end.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <serval/base/task_fwd.hpp>
#include <serval/http/web_socket_accept.hpp>
#include <serval/http/web_socket_message.hpp>

namespace serval {

/// Thrown by a call on a WebSocket that has ended. A handler need not catch it; it is not an error.
class WebSocketDisconnect : public std::runtime_error {
 public:
  WebSocketDisconnect(int code, std::string reason);
  /// The code of the peer's close frame: RFC 6455 section 7.4; 1005 if the frame had no code, 1006 if there was no
  /// frame.
  [[nodiscard]] int code() const noexcept { return code_; }
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

 private:
  int code_;
  std::string reason_;
};

/// Thrown by a handler or a dependency to end a WebSocket: with a close frame, or with an empty 403 if the handshake
/// was not answered yet. Codes: RFC 6455 section 7.4; 1008 for what the application does not allow, 4000 to 4999 for
/// its own purposes.
class WebSocketError : public std::runtime_error {
 public:
  /// Errors: `std::invalid_argument` for a code that must not be sent, a reason of more than 123 bytes or that is not
  /// UTF-8.
  explicit WebSocketError(int code, std::string reason = {});
  [[nodiscard]] int code() const noexcept { return code_; }
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

 private:
  int code_;
  std::string reason_;
};

}  // namespace serval

namespace serval::http {

/// Sends from any thread, without waiting. May outlive the WebSocket.
class WebSocketSender {
 public:
  virtual ~WebSocketSender() = default;
  /// Queues a message after those that already wait. Returns false if the WebSocket has ended. A peer that is further
  /// behind than `WebSocketOptions::max_queued_bytes` is closed with 1013.
  virtual bool send(WebSocketMessage::Kind kind, std::shared_ptr<const std::string> data) noexcept = 0;
  /// Queues the close handshake after the waiting messages. Returns false if the WebSocket has ended.
  virtual bool close(int code, std::string reason) noexcept = 0;
};

/// Implemented by the connection, and by the test client. Its tasks are awaited on the exchange's loop; one `receive`
/// at a time, and any number of `send` at the same time. Data that is passed to a task must outlive it.
class WebSocketChannel {
 public:
  virtual ~WebSocketChannel() = default;
  enum class Phase : std::uint8_t { handshake, open, closed };
  [[nodiscard]] virtual Phase phase() const noexcept = 0;
  /// Answers the handshake with 101. REQUIRES: phase handshake. Errors: `std::invalid_argument` for a header field that
  /// is invalid or belongs to the handshake, or a subprotocol that was not offered; WebSocketDisconnect.
  [[nodiscard]] virtual detail::Task<void> accept(const WebSocketAccept& answer) = 0;
  /// REQUIRES for the following: phase is not handshake. Errors: WebSocketDisconnect after the WebSocket has ended.
  /// The next message; messages that arrived before the peer's close are returned first.
  [[nodiscard]] virtual detail::Task<WebSocketMessage> receive() = 0;
  /// Waits while the peer is behind. Errors also: `std::invalid_argument` for a text that is not UTF-8.
  [[nodiscard]] virtual detail::Task<void> send(WebSocketMessage::Kind kind, std::string_view data) = 0;
  /// Sends the queued messages and a close frame, and waits for the peer's close frame, at most
  /// `WebSocketOptions::close_timeout`. Does nothing if the WebSocket has ended. Errors: `std::invalid_argument` for a
  /// code that must not be sent (RFC 6455 section 7.4), for a reason of more than 123 bytes or that is not UTF-8.
  [[nodiscard]] virtual detail::Task<void> close(int code, std::string_view reason) = 0;
  /// For other threads, and for code that does not wait. REQUIRES: phase is not handshake.
  [[nodiscard]] virtual std::shared_ptr<WebSocketSender> sender() = 0;
};

}  // namespace serval::http
