// SPDX-License-Identifier: MIT
// A connection that is asked to become a WebSocket, becomes one and ends as one.
#include <boost/asio/error.hpp>
#include <spdlog/logger.h>
#include <memory>
#include <utility>

#include <serval/http/status.hpp>

#include "net/connection.hpp"
#include "net/connection_guard.hpp"
#include "net/connection_stream.hpp"
#include "net/request_parser.hpp"
#include "net/web_socket_handshake.hpp"
#include "net/web_socket_session.hpp"

namespace serval::detail {

namespace asio = boost::asio;

/// A head with an `upgrade` field. Any but a WebSocket's is ignored.
bool Connection::admit_upgrade(std::string_view head) {
  http::Exchange& exchange = turn_->exchange;
  if (!asks_for_web_socket(exchange.request)) return admit();
  if (const Refusal refusal = check_handshake(exchange.request, turn_->framing, input_->unread())) {
    const bool is_version = !has_supported_version(exchange.request);
    refuse(refusal);
    if (is_version) exchange.response.headers().set("sec-websocket-version", web_socket_version);
    return true;
  }
  // The head is looked at for as long as the WebSocket is open: in memory of its size, not in a whole buffer.
  turn_->pinned_head = std::make_shared<InputBuffer>(head.size());
  turn_->pinned_head->load(head);
  exchange.request.mutable_headers().clear();
  (void)parse_request_head(turn_->pinned_head->unread(), exchange.request, turn_->framing);
  turn_->web_socket = std::make_shared<WebSocketSession>(*this);
  exchange.web_socket = turn_->web_socket.get();
  return admit();
}

/// HTTP is over on this connection. Called by the handler's task, when all earlier answers have been written.
void Connection::become_web_socket() {
  phase_ = Phase::web_socket;
  phase_due_ = Deadlines::never;
  web_socket_ = task_->web_socket;
  task_->has_upgraded = true;  // it may last for days: no request in flight any more
  task_->running.reset();
  task_->in_flight.reset();
  task_->exchange.stream = nullptr;
  stream_.reset();
  task_->exchange.response.reset();
  if (input_) loop_->give_back(std::move(input_));
}

/// What has come of it so far, for its end.
void Connection::note_web_socket(Turn& turn, const WebSocketSession& socket) const noexcept {
  turn.status = status::switching_protocols;
  turn.sent_bytes = socket.sent_bytes();
  if (socket.was_lost()) end_turn(turn);
}

void Connection::end_web_socket(std::unique_ptr<Turn> turn, const std::exception_ptr& fault) {
  guarded([&] {
    const bool was_open = web_socket_->phase() == http::WebSocketChannel::Phase::open;
    task_ = nullptr;
    if (fault && was_open) {
      loop_->settings().logger->error("WebSocket {}: the handler's task ended with an exception",
                                      turn->exchange.request.target());
    }
    const std::shared_ptr<WebSocketSession> socket = web_socket_;
    socket->on_handler_done(fault ? close_internal_error : close_normal);
    note_web_socket(*turn, *socket);
    loop_->retire(std::move(turn));
  });
}

void Connection::await_writable() {
  if (write_due_ == Deadlines::never) write_due_ = in(loop_->settings().timeouts.write);
  wait(Transport::Event::writable);
  writing_ = true;
  arm();
}

/// Cuts a WebSocket, so that the kernel does not go on holding what nobody takes.
void Connection::reset() { web_socket_->on_lost(Transport::Close::reset); }

}  // namespace serval::detail
