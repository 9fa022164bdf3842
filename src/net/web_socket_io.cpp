// SPDX-License-Identifier: MIT
// The connection's side of a WebSocket: input, output and the end.
#include <boost/asio/error.hpp>
#include <spdlog/logger.h>
#include <algorithm>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/http/status.hpp>

#include "handler/what_of.hpp"
#include "http/request_note.hpp"
#include "net/connection_guard.hpp"
#include "net/outgoing.hpp"
#include "net/web_socket_session.hpp"

namespace serval::detail {

namespace asio = boost::asio;

void WebSocketSession::on_readable() {
  if (!reads() || paused_) return;
  switch (connection_.receive()) {
    case Connection::Received::bytes:
      last_heard_ = loop().now();
      pinged_at_ = Deadlines::never;
      return take_input();
    case Connection::Received::end:
      return on_lost();
    case Connection::Received::nothing:
      return connection_.await_readable();
  }
}

void WebSocketSession::resume_reading() {
  paused_ = false;
  if (connection_.input()) {
    take_input();
  } else if (reads()) {
    connection_.await_readable();
  }
}

void WebSocketSession::take_input() {
  InputBuffer& input = *connection_.input();
  bool goes_on = true;
  while (goes_on && reads() && !paused_) {
    std::string_view unread = input.unread();
    const std::size_t before = unread.size();
    const auto event = reader_->read(unread);
    input.consume(before - unread.size());
    goes_on = take(event);
  }
  if (!connection_.input()) return;  // the WebSocket has ended and has returned the buffer
  if (!paused_ || input.unread().empty()) connection_.return_input();
  flush();
  if (reads() && !paused_) connection_.await_readable();
}

/// Handles one event. Returns false if the reader needs more input.
bool WebSocketSession::take(WebSocketReader::Event event) {
  switch (event) {
    case WebSocketReader::Event::need_more:
      return false;
    case WebSocketReader::Event::message:
      take_message();
      break;
    case WebSocketReader::Event::ping:
      if (!close_sent_) push_control(WebSocketOpcode::pong, reader_->control());
      break;
    case WebSocketReader::Event::pong:
      break;
    case WebSocketReader::Event::close:
      on_peer_close();
      break;
    case WebSocketReader::Event::failed:
      on_bad_frame();
      break;
  }
  return true;
}

void WebSocketSession::take_message() {
  WebSocketMessage message = reader_->take_message();
  // After our close frame, messages that nobody may receive any more must not keep us from reading the peer's close
  // frame.
  if (end_ || (close_sent_ && inbox_is_full())) return;
  inbox_bytes_ += message.data.size();
  push(inbox_, std::move(message));
  paused_ = inbox_is_full() && !close_sent_;
  if (paused_) paused_at_ = last_heard_;
  wake();
}

void WebSocketSession::push_control(WebSocketOpcode opcode, std::string_view payload) {
  Item item{.kind = opcode == WebSocketOpcode::ping ? Item::Kind::ping : Item::Kind::pong,
            .head = WebSocketFrameHead(opcode, payload.size())};
  if (!payload.empty()) item.payload = std::make_shared<const std::string>(payload);
  outbox_.push_soon(std::move(item));
}

void WebSocketSession::push_close(int code, std::string_view reason) {
  close_sent_ = true;
  if (sender_) sender_->end();
  auto payload = std::make_shared<const std::string>(close_payload(code, reason));
  const WebSocketFrameHead head(WebSocketOpcode::close, payload->size());
  outbox_.push({.kind = Item::Kind::close, .head = head, .payload = std::move(payload)});
}

void WebSocketSession::on_sender() {
  connection_.guarded([this] {
    take_from_sender();
    flush();
    arm();
  });
}

/// The waiting frames of a session, in the form that a connection writes.
class WebSocketSession::Frames final : public Outgoing {
 public:
  explicit Frames(WebSocketSession& session) noexcept : session_(session) {}

  [[nodiscard]] bool empty() const noexcept override { return session_.outbox_.empty(); }
  std::size_t write(Transport& transport, std::size_t, boost::system::error_code& error) override {
    WebSocketOutbox::Buffers buffers;
    const std::size_t bytes = transport.write_some(session_.outbox_.next(buffers), Transport::Then::pause, error);
    if (!error) session_.on_sent(bytes);
    return bytes;
  }

 private:
  WebSocketSession& session_;
};

void WebSocketSession::on_sent(std::size_t bytes) {
  const WebSocketOutbox::Sent sent = outbox_.advance(bytes);
  sent_bytes_ += sent.frame_bytes;
  if (sender_) sender_->on_sent(sent.counted_bytes);
  if (sent.close) {
    close_written_ = true;
    close_due_ = connection_.in(options().close_timeout);
  }
  wake();
}

/// Sends the waiting frames, as far as the transport takes them. Sends nothing while the connection waits for room.
void WebSocketSession::flush() {
  if (!io_done_ && !connection_.is_writing()) {
    Frames frames(*this);
    if (connection_.flush(frames) == Connection::Flushed::failed) return on_lost();
  }
  settle();
}

void WebSocketSession::on_writable() {
  flush();
  arm();
}

void WebSocketSession::begin_close(int code, std::string_view reason) {
  take_from_sender();  // the messages that were queued before
  end_by_peer();
  if (close_sent_) return;
  push_close(code, reason);
  wake();
  flush();
  if (paused_) resume_reading();
  arm();
}

void WebSocketSession::on_peer_close() {
  close_received_ = true;
  peer_close_ = End{reader_->close_code(), std::string(reader_->close_reason())};
  // RFC 6455 section 5.5.1 allows delaying the answer: the handler may still be working on earlier messages.
  if (inbox_.empty() || close_sent_ || end_) return answer_peer_close();
  reply_due_ = connection_.in(options().close_timeout);
  arm();
}

/// Fails the connection because of an invalid frame. The handler first receives the complete messages before that
/// frame, and may still answer them.
void WebSocketSession::on_bad_frame() {
  const WebSocketReader::Fault& fault = reader_->fault();
  if (close_sent_ || end_ || (inbox_.empty() && !at_work_)) return fail(fault.code, fault.why);
  failed_ = true;
  peer_close_ = End{fault.code, std::string(fault.why)};
  // This wait has a limit even if `close_timeout` has none: nothing more is read, so the end of the peer would not be
  // noticed.
  const auto limit = options().close_timeout;
  reply_due_ = connection_.in(limit.count() != 0 ? limit : WebSocketOptions{}.close_timeout);
  arm();
}

/// Ends the WebSocket for its handler with the peer's close frame or the fault in its frames. Returns the code for our
/// close frame; nothing if there is no such end, or if it was handled before.
std::optional<int> WebSocketSession::end_by_peer() noexcept {
  const std::optional<End> close = std::exchange(peer_close_, std::nullopt);
  if (!close) return std::nullopt;
  reply_due_ = Deadlines::never;
  end(close->code, close->reason);
  return close->code;
}

void WebSocketSession::answer_peer_close() {
  const std::optional<int> code = end_by_peer();
  if (!code) return;
  if (failed_) {
    if (!close_sent_) push_close(*code, end_->reason);
    return flush();
  }
  flush();  // the pongs for earlier pings (RFC 6455 section 5.5.2), and other frames that the peer still takes
  // The peer takes no more messages, and expects its code in our close frame.
  const bool has_close = outbox_.drop_waiting();
  if (io_done_ || has_close || close_written_) return;
  push_close(*code, {});
  flush();
}

/// Fails the connection (RFC 6455 section 7.1.7): sends a close frame that the peer need not answer.
void WebSocketSession::fail(int code, std::string_view why) {
  failed_ = true;
  end(code, why);
  if (!close_sent_) push_close(code, why);
}

void WebSocketSession::drain() {
  if (!is_open_ || close_sent_ || end_) return;
  take_from_sender();
  end(close_going_away, {});
  begin_close(close_going_away, {});
}

void WebSocketSession::end(int code, std::string_view reason) noexcept {
  if (end_) return;
  end_ = End{code, std::string(reason)};
  cancel_due_ = connection_.in(options().close_timeout);
  if (sender_) sender_->end();
  wake();
  arm();
}

/// Ends the use of the socket if both close frames have passed, or if ours was sent and the peer's is not required.
void WebSocketSession::settle() {
  if (!io_done_ && outbox_.empty() && close_written_ && (close_received_ || failed_)) finish_io();
}

/// Ends the use of the socket. The server is the first to close the connection (RFC 6455 section 7.1.1).
void WebSocketSession::finish_io() {
  io_done_ = true;
  connection_.return_input();
  static_cast<void>(connection_.transport().end_output());
  connection_.expect_input();
  if (task_ == nullptr) return connection_.shut();
  arm();
}

void WebSocketSession::on_lost(Transport::Close how) {
  if (io_done_) return;
  io_done_ = true;
  outbox_.clear();
  connection_.transport().close(how);
  connection_.stop_writing();
  end_by_peer();
  end(close_abnormal, {});
  if (task_ == nullptr) return connection_.close();
  arm();
}

void WebSocketSession::on_handler_done(int close_code) {
  cancel_due_ = Deadlines::never;
  if (io_done_) return connection_.transport().is_open() ? connection_.shut() : connection_.close();
  at_work_ = false;
  if (failed_) answer_peer_close();
  if (!close_sent_) return begin_close(close_code, {});
  arm();
}

void WebSocketSession::on_task_done(std::unique_ptr<Turn> turn, const std::exception_ptr& fault) {
  connection_.guarded([&] {
    task_ = nullptr;
    if (fault && phase() == Phase::open) {
      loop().settings().logger->error("WebSocket {}: the handler's task ended with an exception{}",
                                      turn->exchange.request.target(), request_note(turn->exchange.request));
    }
    on_handler_done(fault ? close_internal_error : close_normal);
    note_end(*turn);
    loop().retire(std::move(turn));
  });
}

/// Records in the turn, for the end of its request, what has been sent and whether the peer was lost.
void WebSocketSession::note_end(Turn& turn) const noexcept {
  turn.status = status::switching_protocols;
  turn.sent_bytes = sent_bytes_;
  const bool was_lost = end_ && end_->code == close_abnormal;
  if (was_lost) turn.end(connection_.ending(), loop().now());
}

void WebSocketSession::abandon() noexcept {
  io_done_ = true;
  outbox_.clear();
  end(close_abnormal, {});
}

void WebSocketSession::on_closed() noexcept {
  Turn* const turn = std::exchange(task_, nullptr);
  if (turn != nullptr) {
    note_end(*turn);
    turn->end(connection_.ending(), loop().now());
  }
  abandon();
  if (turn != nullptr) give_up_task(connection_, *turn, what_of(turn->ending));
}

void WebSocketSession::on_failure() {
  if (connection_.has_failed()) on_lost();
}

void WebSocketSession::on_deadline() {
  const SteadyTime now = loop().now();
  if (task_ != nullptr && cancel_due_ <= now) return connection_.close();
  if (!io_done_) {
    // With a reset, so that the kernel does not keep output that the peer does not take.
    if (connection_.is_stalled() || close_due_ <= now) return on_lost(Transport::Close::reset);
    if (reply_due_ <= now) answer_peer_close();
    keep_alive(now);
  }
  if (connection_.is_open()) arm();
}

void WebSocketSession::keep_alive(SteadyTime now) {
  const auto interval = options().ping_interval;
  if (interval.count() == 0 || close_sent_ || close_received_ || failed_) return;
  // A peer is not pinged while its messages are not read, since its pongs could not be seen, and not while the
  // connection waits for room, since the deadline for writes detects a peer that is gone.
  if (paused_ && paused_at_ + 2 * interval <= now) {
    // Meanwhile a peer that is gone would not be noticed, so this state has a limit.
    outbox_.drop_waiting();
    fail(close_try_again_later, "Messages are not received");
    flush();
  } else if (paused_ || connection_.is_writing()) {
    last_heard_ = now;
    pinged_at_ = Deadlines::never;
  } else if (pinged_at_ != Deadlines::never) {
    if (pinged_at_ + interval <= now) on_lost(Transport::Close::reset);
  } else if (last_heard_ + interval <= now) {
    pinged_at_ = now;
    push_control(WebSocketOpcode::ping, {});
    flush();
  }
}

SteadyTime WebSocketSession::due() const noexcept {
  SteadyTime due = task_ != nullptr ? cancel_due_ : Deadlines::never;
  if (io_done_) return due;
  due = std::min({due, close_due_, reply_due_});
  const auto interval = options().ping_interval;
  if (interval.count() == 0 || close_sent_ || close_received_ || failed_) return due;
  return std::min(due, (pinged_at_ == Deadlines::never ? last_heard_ : pinged_at_) + interval);
}

void WebSocketSession::arm() {
  if (is_open_ && connection_.is_open()) connection_.arm();
}

}  // namespace serval::detail
