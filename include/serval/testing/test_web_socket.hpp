// SPDX-License-Identifier: MIT
// The client's end of a WebSocket inside the process.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/handler/web_socket_channel.hpp>
#include <serval/schema/codec.hpp>
#include <serval/schema/json_hook.hpp>

namespace serval {

struct TestResponse;

namespace detail {
class TestWebSocketSession;
}

/// A WebSocket that `TestClient::websocket` opened:
/// ```
/// auto socket = client.websocket("/echo");
/// socket.send_text("Hello");
/// EXPECT_EQ(socket.receive_text(), "Hello");
/// ```
/// Handlers run while the test waits in one of these calls, also those of other WebSockets of the same client.
/// Destroying this object disconnects the client and waits until the handler has ended.
/// Errors: WebSocketDisconnect from every call after the application has closed, and if it refused the handshake
/// (1006); `std::runtime_error` if nothing arrives within `TestClientOptions::wait_timeout`.
/// Lifetime: the application must outlive it. Thread safety: that of its client.
class TestWebSocket {
 public:
  explicit TestWebSocket(std::shared_ptr<detail::TestWebSocketSession> session) noexcept;
  TestWebSocket(TestWebSocket&& other) noexcept;
  TestWebSocket& operator=(TestWebSocket&& other) noexcept;
  ~TestWebSocket();

  /// The response to the handshake: 101, or another status if it was refused.
  [[nodiscard]] const TestResponse& response() const noexcept;
  [[nodiscard]] bool is_open() const noexcept;
  /// The subprotocol that the application chose; empty: none.
  [[nodiscard]] std::string_view subprotocol() const noexcept;

  void send_text(std::string text) { send_message({WebSocketMessage::Kind::text, std::move(text)}); }
  void send_bytes(std::string bytes) { send_message({WebSocketMessage::Kind::binary, std::move(bytes)}); }
  void send_json(const json& value) { send_text(schema::to_text(value)); }
  /// Sends the value as JSON.
  template <class T>
  void send(const T& value) {
    static_assert(!std::is_convertible_v<T, std::string_view>, "serval: send a text with send_text or send_json");
    send_text(encode_json(value));
  }

  /// The next message of either kind.
  [[nodiscard]] WebSocketMessage receive();
  /// Errors also: `std::runtime_error` for a message of the other kind.
  [[nodiscard]] std::string receive_text();
  [[nodiscard]] std::string receive_bytes();
  [[nodiscard]] json receive_json() { return schema::parse_json(receive_text()); }
  template <class T>
  [[nodiscard]] T receive() {
    return decode_json<T>(receive_text());
  }

  /// Sends a close frame; messages that are on their way can still be received.
  void close(int code = 1000, std::string reason = {});
  /// Waits for the application's close frame, drops messages, and returns the code; 1006 if the WebSocket ended without
  /// a close frame.
  [[nodiscard]] int wait_for_close();

 private:
  void send_message(WebSocketMessage message);
  std::shared_ptr<detail::TestWebSocketSession> session_;
};

}  // namespace serval
