// SPDX-License-Identifier: MIT
// A WebSocket without a connection: one queue for messages of the client, another for those of the application.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include <serval/handler/web_socket_channel.hpp>

#include "base/change.hpp"
#include "testing/test_session.hpp"

namespace serval::detail {

/// Owned by the client's `TestWebSocket`, and by the handler's task until that has ended.
class TestWebSocketSession final : public TestSession,
                                   public std::enable_shared_from_this<TestWebSocketSession>,
                                   private http::WebSocketChannel {
 public:
  TestWebSocketSession(const http::Service& service, std::shared_ptr<TestLoop> loop, TestMessage message,
                       std::chrono::milliseconds timeout);
  ~TestWebSocketSession() override;

  /// Lets the service answer or refuse the handshake, and waits for that.
  void open(const TestRefusal& refusal);

  // --- the client's end --------------------------------------------------------------------------
  [[nodiscard]] bool is_open() const noexcept { return phase_ == Phase::open; }
  [[nodiscard]] std::string_view subprotocol() const noexcept { return answer_.subprotocol; }
  void send_from_client(WebSocketMessage message);
  [[nodiscard]] WebSocketMessage receive_at_client();
  void close_from_client(int code, std::string reason);
  [[nodiscard]] int wait_for_close();
  /// Disconnects the client and waits until the handler has ended.
  void leave() noexcept;

 private:
  class Sender;
  struct CloseFrame {
    int code;
    std::string reason;
  };

  // --- the application's end ---------------------------------------------------------------------
  [[nodiscard]] Phase phase() const noexcept override { return phase_; }
  [[nodiscard]] Task<void> accept(const http::WebSocketAccept& answer) override;
  [[nodiscard]] Task<WebSocketMessage> receive() override;
  [[nodiscard]] Task<void> send(WebSocketMessage::Kind kind, std::string_view data) override;
  [[nodiscard]] Task<void> close(int code, std::string_view reason) override;
  [[nodiscard]] std::shared_ptr<http::WebSocketSender> sender() override;

  void on_task_done() noexcept;
  void let_answer_leave();
  /// The service's response; if the handler accepted, 101 with its additional fields.
  [[nodiscard]] Response take_answer();
  void end(CloseFrame frame) noexcept;
  void run_what_is_ready();
  [[noreturn]] void throw_disconnect() const;

  Phase phase_ = Phase::handshake;
  std::uint64_t sent_bytes_ = 0;  // bytes of messages
  http::WebSocketAccept answer_;
  std::deque<WebSocketMessage> to_application_, to_client_;
  std::optional<CloseFrame> close_frame_;  // of the side that closed first
  Change changed_;                         // the application must check the state again
  std::shared_ptr<Sender> sender_;
};

}  // namespace serval::detail
