// SPDX-License-Identifier: MIT
// The session of a connection that has become a WebSocket, or may become one: messages in both directions with
// backpressure, pings, and the closing handshake (RFC 6455 section 7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <serval/handler/web_socket_channel.hpp>
#include <serval/http/web_socket_extension.hpp>

#include "base/change.hpp"
#include "net/connection.hpp"
#include "net/deadlines.hpp"
#include "net/ring.hpp"
#include "net/session.hpp"
#include "net/turn.hpp"
#include "net/web_socket_outbox.hpp"
#include "net/web_socket_sender.hpp"
#include "wire/web_socket_frame.hpp"
#include "wire/web_socket_reader.hpp"

namespace serval::detail {

class Http1Session;

/// The WebSocket ends for its handler and stops using the socket at different times (`end_` and `io_done_`). The rest
/// of the closing handshake takes place in between; the handler need not wait for it.
/// Ownership: shared by the turn of its handshake and, once it is accepted, by its connection. The handler's task,
/// which owns the turn, may outlive the end of the connection.
class WebSocketSession final : public Session, public http::WebSocketChannel, private TaskOwner {
 public:
  /// Created for a handshake that the HTTP session has read. REQUIRES: `turn` is the turn of that handshake.
  WebSocketSession(Connection& connection, Http1Session& http, Turn& turn);
  ~WebSocketSession() override;

  [[nodiscard]] Phase phase() const noexcept override;
  [[nodiscard]] Task<void> accept(const http::WebSocketAccept& answer) override;
  [[nodiscard]] Task<WebSocketMessage> receive() override;
  [[nodiscard]] Task<void> send(WebSocketMessage::Kind kind, std::string_view data) override;
  [[nodiscard]] Task<void> close(int code, std::string_view reason) override;
  [[nodiscard]] std::shared_ptr<http::WebSocketSender> sender() override;

  // --- for the connection ------------------------------------------------------------------------
  void on_readable() override;
  void on_writable() override;
  void on_failure() override;
  [[nodiscard]] SteadyTime due() const noexcept override;
  void on_deadline() override;
  void drain() override;
  void on_closed() noexcept override;

  // --- for HTTP, as long as it is not accepted ---------------------------------------------------
  /// Wakes the tasks that wait for a change, such as an `accept` that waits until earlier responses have been written.
  void wake() { changed_.tell(); }
  /// Called when the connection has ended or has given up the handler's task.
  void abandon() noexcept;

  // --- for its sender, on its loop ---------------------------------------------------------------
  void on_sender();

 private:
  using Item = WebSocketOutbox::Item;

  // The handler's task.
  void on_task_done(std::unique_ptr<Turn> turn, const std::exception_ptr& fault) override;
  void on_task_lost() noexcept override { task_ = nullptr; }
  void on_handler_done(int close_code);
  void note_end(Turn& turn) const noexcept;

  // Opening.
  void open(const Request& request, const http::WebSocketAccept& answer);

  // In.
  void resume_reading();
  void take_input();
  bool take(WebSocketReader::Event event);
  void take_message();
  [[nodiscard]] bool reads() const noexcept { return !io_done_ && !close_received_ && !failed_; }
  [[nodiscard]] bool inbox_is_full() const noexcept;

  // Out.
  void push_message(WebSocketMessage::Kind kind, std::shared_ptr<const std::string> data, std::size_t counted_bytes);
  void push_control(WebSocketOpcode opcode, std::string_view payload);
  void push_close(int code, std::string_view reason);
  void take_from_sender();
  class Frames;
  void flush();
  void on_sent(std::size_t bytes);

  // The end.
  /// Called when the transport has failed or must not be waited for any longer.
  void on_lost(Transport::Close how = Transport::Close::in_order);
  void begin_close(int code, std::string_view reason);
  void on_peer_close();
  void on_bad_frame();
  void answer_peer_close();
  std::optional<int> end_by_peer() noexcept;
  void fail(int code, std::string_view why);
  void end(int code, std::string_view reason) noexcept;
  void settle();
  void finish_io();
  void keep_alive(SteadyTime now);
  void arm();
  [[noreturn]] void throw_disconnect() const;

  [[nodiscard]] Loop& loop() const noexcept { return *connection_.loop(); }
  [[nodiscard]] const WebSocketOptions& options() const noexcept { return loop().settings().web_sockets; }

  Connection& connection_;
  Http1Session& http_;    // in charge of the connection until this is accepted
  Turn* task_;            // the turn of the handler's task; null once that has ended or was given up
  Change changed_;        // notified of everything that a task may wait for
  bool is_open_ = false;  // the handshake is complete

  std::unique_ptr<http::WebSocketCodec> codec_;  // null if no extension was negotiated
  std::optional<WebSocketReader> reader_;
  Ring<WebSocketMessage> inbox_;
  std::size_t inbox_bytes_ = 0;
  bool at_work_ = false;  // the handler has taken a message and has not called `receive` again
  bool paused_ = false;   // nothing is read until the handler has taken a message
  SteadyTime paused_at_{};

  WebSocketOutbox outbox_;
  std::uint64_t sent_bytes_ = 0;
  std::shared_ptr<QueuedSender> sender_;

  bool close_sent_ = false;  // our close frame has been put into the outbox
  bool close_written_ = false;
  bool close_received_ = false;
  bool failed_ = false;   // nothing more is read from the peer
  bool io_done_ = false;  // the WebSocket does not use the socket any more
  struct End {
    int code;
    std::string reason;
  };
  std::optional<End> end_;  // how the WebSocket has ended for its handler
  // Becomes `end_` when the handler has received all earlier messages: the peer's close frame, or the fault in its
  // frames.
  std::optional<End> peer_close_;

  SteadyTime last_heard_{};
  SteadyTime pinged_at_ = Deadlines::never;
  SteadyTime reply_due_ = Deadlines::never;
  SteadyTime close_due_ = Deadlines::never;
  SteadyTime cancel_due_ = Deadlines::never;
};

}  // namespace serval::detail
