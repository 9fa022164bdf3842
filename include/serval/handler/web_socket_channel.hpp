// SPDX-License-Identifier: MIT
// A WebSocket (RFC 6455) as whoever carries connections offers it: the handshake's answer, messages both ways, the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/base/task_fwd.hpp>

namespace serval {

/// A whole message, put together from its fragments and inflated.
struct WebSocketMessage {
  /// Texts and bytes are told apart on the wire.
  enum class Kind : std::uint8_t { text, binary };
  Kind kind = Kind::text;  ///< which of the two it is
  std::string data;        ///< of a text: valid UTF-8
};

/// Thrown out of a call on a WebSocket that has ended. A handler need not catch it; it is no fault.
class WebSocketDisconnect : public std::runtime_error {
 public:
  WebSocketDisconnect(int code, std::string reason);
  /// What the peer's close frame said: RFC 6455 section 7.4; 1005 where it had no code, 1006 where there was none.
  [[nodiscard]] int code() const noexcept { return code_; }
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

 private:
  int code_;
  std::string reason_;
};

/// Thrown by a handler or a dependency to end a WebSocket: with a close frame, or with 403 and nothing else where the
/// handshake was not answered yet. Codes: RFC 6455 section 7.4; 1008 for what the application does not allow,
/// 4000 to 4999 for its own purposes.
class WebSocketError : public std::runtime_error {
 public:
  /// Errors: `std::invalid_argument` for a code that must not be sent, a reason of more than 123 bytes or that is no
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

/// Whether a close frame may carry the code (RFC 6455 section 7.4, and the registry since).
[[nodiscard]] bool may_close_with(int code) noexcept;
/// Errors: `std::invalid_argument` for a code that a close frame must not carry (RFC 6455 section 7.4), for a reason of
/// more than 123 bytes or that is no UTF-8.
void require_close_frame(int code, std::string_view reason);

/// What the answer to a handshake says besides its own fields.
struct WebSocketAccept {
  std::string subprotocol{};                                   ///< one that the client offered; empty: none
  std::vector<std::pair<std::string, std::string>> headers{};  ///< further fields of the 101
};

/// Whether a field of the 101 is the carrier's alone: part of the handshake (RFC 6455 section 4.2.2) or the framing.
[[nodiscard]] bool belongs_to_handshake(std::string_view name) noexcept;
/// Errors: `std::invalid_argument` for a header field that is none, or that is part of the handshake or the framing.
void require_accept_fields(const WebSocketAccept& answer);

/// Sends from any thread, without waiting. May outlive the WebSocket.
class WebSocketSender {
 public:
  virtual ~WebSocketSender() = default;
  /// Queues a message behind those that wait already. False where the WebSocket has ended. A peer that is further
  /// behind than `WebSocketOptions::max_queued_bytes` is closed with 1013.
  virtual bool send(WebSocketMessage::Kind kind, std::shared_ptr<const std::string> data) noexcept = 0;
  /// Asks for the close handshake behind what is queued. False where the WebSocket has ended.
  virtual bool close(int code, std::string reason) noexcept = 0;
};

/// Implemented by the connection, and by the test client. Its tasks are awaited on the exchange's loop; one `receive`
/// at a time, beside any number of `send`. Data that is given to a task must outlive it.
class WebSocketChannel {
 public:
  virtual ~WebSocketChannel() = default;
  enum class Phase : std::uint8_t { handshake, open, closed };
  [[nodiscard]] virtual Phase phase() const noexcept = 0;
  /// Answers the handshake with 101. REQUIRES: phase handshake. Errors: `std::invalid_argument` for a header field that
  /// is none or belongs to the handshake, a subprotocol that was not offered; WebSocketDisconnect.
  [[nodiscard]] virtual detail::Task<void> accept(const WebSocketAccept& answer) = 0;
  /// REQUIRES for these: phase is not handshake. Errors: WebSocketDisconnect once the WebSocket has ended.
  /// The next message; those that came before the peer's close are handed out first.
  [[nodiscard]] virtual detail::Task<WebSocketMessage> receive() = 0;
  /// Waits while the peer is behind. Errors also: `std::invalid_argument` for a text that is no UTF-8.
  [[nodiscard]] virtual detail::Task<void> send(WebSocketMessage::Kind kind, std::string_view data) = 0;
  /// Sends what is queued and a close frame, and waits for the peer's, at most `WebSocketOptions::close_timeout`. Does
  /// nothing where the WebSocket has ended. Errors: `std::invalid_argument` for a code that must not be sent
  /// (RFC 6455 section 7.4), for a reason of more than 123 bytes or that is no UTF-8.
  [[nodiscard]] virtual detail::Task<void> close(int code, std::string_view reason) = 0;
  /// For other threads, and for who does not wait. REQUIRES: phase is not handshake.
  [[nodiscard]] virtual std::shared_ptr<WebSocketSender> sender() = 0;
};

}  // namespace serval::http
