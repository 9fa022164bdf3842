// SPDX-License-Identifier: MIT
// The handler's side of a WebSocket: the tasks that it awaits, and the opening.
#include "net/web_socket_session.hpp"

#include <boost/asio/post.hpp>
#include <stdexcept>
#include <utility>

#include <serval/base/task.hpp>

#include "base/utf8_check.hpp"
#include "handler/handshake_passage.hpp"
#include "net/http1_session.hpp"
#include "wire/web_socket_handshake.hpp"

namespace serval::detail {

namespace asio = boost::asio;

namespace {

/// While this many messages or bytes wait for the handler, nothing more is read from the peer.
constexpr std::size_t max_inbox_messages = 16;
constexpr std::size_t max_inbox_bytes = std::size_t{64} * 1024;
/// While this many bytes wait to be sent, a handler that sends has to wait.
constexpr std::size_t max_outbox_bytes = std::size_t{64} * 1024;

}  // namespace

WebSocketSession::WebSocketSession(Connection& connection, Http1Session& http, Turn& turn)
    : connection_(connection), http_(http), task_(&turn), changed_(connection.loop()->executor()) {}

WebSocketSession::~WebSocketSession() {
  if (sender_) sender_->end();
}

WebSocketSession::Phase WebSocketSession::phase() const noexcept {
  if (end_ || close_sent_) return Phase::closed;
  return is_open_ ? Phase::open : Phase::handshake;
}

void WebSocketSession::throw_disconnect() const {
  if (end_) throw WebSocketDisconnect(end_->code, end_->reason);
  throw WebSocketDisconnect(close_normal, {});  // our close frame has been queued: no message may follow it
}

Task<void> WebSocketSession::accept(const http::WebSocketAccept& answer) {
  if (is_open_) throw std::logic_error("a WebSocket was accepted twice");
  if (end_) throw_disconnect();
  if (http_.has_begun_answer()) throw std::logic_error("a WebSocket was accepted after an answer had begun");
  http::Exchange& exchange = task_->exchange;
  const http::WebSocketAccept settled = co_await leave_with(exchange, answer);
  while (!end_ && connection_.is_writing()) co_await changed_.wait();  // until earlier responses are written
  if (end_) throw_disconnect();
  loop().touch();
  open(exchange.request, settled);
}

void WebSocketSession::open(const Request& request, const http::WebSocketAccept& answer) {
  if (const http::WebSocketExtension* extension = options().compression.extension())
    codec_ = extension->negotiate(request.headers().get_joined("sec-websocket-extensions"));
  const Response response = switching_protocols(request, answer, codec_.get());
  auto head = std::make_shared<std::string>();
  loop().writer().append_switching(*head, response);
  reader_.emplace(options().max_message_bytes, codec_.get());

  http_.hand_over();
  task_->owner = this;
  is_open_ = true;
  last_heard_ = loop().now();
  outbox_.push({.kind = Item::Kind::answer, .payload = std::move(head)});
  flush();
  if (reads()) connection_.await_readable();
  if (loop().draining()) drain();
  arm();
}

bool WebSocketSession::inbox_is_full() const noexcept {
  return inbox_.size() >= max_inbox_messages || inbox_bytes_ >= max_inbox_bytes;
}

Task<WebSocketMessage> WebSocketSession::receive() {
  // A caller that waits for the first of several events may have cancelled this call before the task resumes. The call
  // must not take a message then, since the message would be lost.
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  at_work_ = false;
  if (!inbox_.empty()) co_await asio::post(loop().executor(), asio::use_awaitable);
  for (;;) {
    if (inbox_.empty() && peer_close_) {
      loop().touch();
      answer_peer_close();
    }
    if (inbox_.empty() && end_) throw_disconnect();
    if (cancellation.cancelled() != asio::cancellation_type::none)
      throw boost::system::system_error(asio::error::operation_aborted);
    if (!inbox_.empty()) break;
    co_await changed_.wait();
  }
  at_work_ = true;
  WebSocketMessage message = std::move(inbox_.front());
  inbox_.pop_front();
  trim(inbox_);
  inbox_bytes_ -= message.data.size();
  if (paused_ && !inbox_is_full()) {
    loop().touch();
    resume_reading();
  }
  co_return message;
}

Task<void> WebSocketSession::send(WebSocketMessage::Kind kind, std::string_view data) {
  if (phase() != Phase::open) throw_disconnect();
  if (kind == WebSocketMessage::Kind::text && !is_utf8(data)) {
    throw std::invalid_argument("a text message must be UTF-8; use send_bytes for other data");
  }
  loop().touch();
  take_from_sender();
  if (phase() != Phase::open) throw_disconnect();  // the queued messages may end with a close
  push_message(kind, std::make_shared<const std::string>(data), 0);
  flush();
  while (!end_ && outbox_.bytes() >= max_outbox_bytes) co_await changed_.wait();
  if (end_) throw_disconnect();
}

Task<void> WebSocketSession::close(int code, std::string_view reason) {
  http::require_close_frame(code, reason);
  if (end_) co_return;
  loop().touch();
  if (!close_sent_) begin_close(code, reason);
  while (!end_) co_await changed_.wait();
}

std::shared_ptr<http::WebSocketSender> WebSocketSession::sender() {
  if (!sender_) {
    sender_ = std::make_shared<QueuedSender>(loop(), *this, options().max_queued_bytes);
    if (phase() == Phase::closed) sender_->end();
  }
  return sender_;
}

void WebSocketSession::take_from_sender() {
  if (!sender_ || close_sent_ || end_) return;
  const QueuedSender::Batch batch = sender_->take();
  if (batch.is_too_far_behind) {
    outbox_.drop_waiting();
    end(close_try_again_later, "too far behind");
    return begin_close(close_try_again_later, "too far behind");
  }
  for (const auto& message : batch.messages) {
    push_message(message.kind, message.data, QueuedSender::counted_bytes(message.data->size()));
  }
  if (batch.close) begin_close(batch.close->code, batch.close->reason);
}

void WebSocketSession::push_message(WebSocketMessage::Kind kind, std::shared_ptr<const std::string> data,
                                    std::size_t counted_bytes) {
  const auto opcode = kind == WebSocketMessage::Kind::text ? WebSocketOpcode::text : WebSocketOpcode::binary;
  auto payload = WebSocketFrameHead::Payload::plain;
  if (std::optional<std::string> packed = codec_ ? codec_->pack(*data) : std::nullopt) {
    data = std::make_shared<const std::string>(*std::move(packed));
    payload = WebSocketFrameHead::Payload::packed;
  }
  const WebSocketFrameHead head(opcode, data->size(), payload);
  outbox_.push({.kind = Item::Kind::message, .head = head, .payload = std::move(data), .counted_bytes = counted_bytes});
}

}  // namespace serval::detail
