// SPDX-License-Identifier: MIT
// A connection's reads and writes, and what it waits for between them.
#include <boost/asio/error.hpp>
#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "net/connection.hpp"
#include "net/connection_body.hpp"
#include "net/connection_guard.hpp"
#include "net/connection_stream.hpp"
#include "net/web_socket_session.hpp"

namespace serval::detail {

namespace asio = boost::asio;

Connection::Received Connection::receive() {
  if (!input_) {
    input_ = loop_->borrow_input();
    // Only where the limit on heads is higher than usual can more have come than a buffer holds.
    if (partial_head_.size() + 1024 > input_->capacity()) {
      input_ = std::make_shared<InputBuffer>(2 * partial_head_.size());
    }
    input_->load(partial_head_);
    std::string().swap(partial_head_);
  }
  const auto room = input_->room();
  boost::system::error_code error;
  const std::size_t bytes = transport_->read_some(room, error);
  if (error == asio::error::would_block) return Received::nothing;
  if (error) return Received::end;
  input_->commit(bytes);
  loop_->counters().bytes_in.add(bytes);
  return Received::bytes;
}

void Connection::on_event(Transport::Event event) noexcept {
  if (phase_ == Phase::closed) return;
  guarded([this, event] {
    switch (event) {
      case Transport::Event::readable:
        return on_readable();
      case Transport::Event::writable:
        return on_writable();
      case Transport::Event::failed:
        return on_failure();
    }
  });
}

void Connection::on_readable() {
  reading_ = false;
  if (phase_ == Phase::handshake) return run();
  if (phase_ == Phase::web_socket) return web_socket_->on_readable();
  if (phase_ == Phase::lingering) return discard_input();
  if (phase_ == Phase::running) return body_ && body_->is_awaited ? end_body_wait() : on_input_while_running();
  if (writing_ || (phase_ != Phase::head && phase_ != Phase::body)) return;
  switch (receive()) {
    case Received::bytes:
      return run();
    case Received::end:
      return close();  // of input between requests, or amid one that is now never to be whole
    case Received::nothing:
      return phase_ == Phase::head ? await_head() : await_readable();
  }
}

void Connection::await_readable() {
  if (reading_) return;
  wait(Transport::Event::readable);
  reading_ = true;
}

/// Lets go of all that an idle connection can do without.
void Connection::await_head() {
  std::string_view arrived = partial_head_;
  if (input_) {
    arrived = input_->unread();
    partial_head_.assign(arrived);
  }
  // A head has its time from the first byte, however slowly the rest comes; the first one from accept.
  const bool begun = scanner_.started(arrived);
  if (requests_ != 0 && !head_begun_) {
    phase_due_ = in(begun ? loop_->settings().timeouts.header : loop_->settings().timeouts.keep_alive);
  }
  head_begun_ = begun;
  if (input_) loop_->give_back(std::move(input_));
  await_readable();
  arm();
}

void Connection::await_body() {
  // Room without moving the head, which the request views.
  constexpr std::size_t least_room = 4096;
  input_->rewind(body_floor_);
  if (input_->room().size() < least_room) {
    turn_->pinned_head = std::exchange(input_, loop_->borrow_input());
    body_floor_ = 0;
  }
  turn_->body_pace.begin_wait(loop_->now());
  phase_due_ = turn_->body_pace.due(loop_->settings().timeouts, turn_->body_bytes, loop_->now());
  await_readable();
  arm();
}

/// Writes what has been formatted. False when it has to wait for the peer or has failed; the step that wanted it is
/// taken again once all is written.
bool Connection::flush() {
  if (!output_) return true;
  bool progress = false;
  std::size_t file_bytes = 0;
  while (!output_->empty()) {
    boost::system::error_code error;
    // A reader as fast as the disk would keep the others from their turn.
    const bool is_turn_over = file_bytes >= OutputBuffer::file_turn_bytes;
    if (!is_turn_over) send(file_bytes, error);
    if (is_turn_over || error == asio::error::would_block) {
      if (progress || write_due_ == Deadlines::never) write_due_ = in(loop_->settings().timeouts.write);
      if (is_turn_over)  // not a wait for room: the system reports that only once much of it is there
        loop_->post([self = Ref(this)] { self->on_event(Transport::Event::writable); });
      else
        wait(Transport::Event::writable);
      writing_ = true;
      arm();
      return false;
    }
    if (error) {
      close();
      return false;
    }
    progress = true;
  }
  write_due_ = Deadlines::never;
  loop_->give_back(std::move(output_));
  finish_answered();
  return true;
}

/// One call of the system. `file_bytes`: how much of a file this turn has sent, counted on.
void Connection::send(std::size_t& file_bytes, boost::system::error_code& error) {
  OutputBuffer& out = *output_;
  if (out.only_file_left()) {
    const std::size_t bytes = out.file.send(*transport_, OutputBuffer::file_turn_bytes - file_bytes, error);
    file_bytes += bytes;
    out.file_sent += bytes;
    loop_->counters().bytes_out.add(bytes);
    return;
  }
  const auto unsent = out.unsent();
  // The head waits for the first bytes of its file, to leave with them.
  const auto then = out.file.empty() ? Transport::Then::pause : Transport::Then::more;
  const std::size_t pieces = unsent[1].size() == 0 ? 1 : 2;
  const std::size_t bytes = transport_->write_some(std::span(unsent).first(pieces), then, error);
  out.sent += bytes;
  loop_->counters().bytes_out.add(bytes);
}

/// Nothing more of these is sent: all of it was, or the connection ends.
void Connection::finish_answered() noexcept {
  last_answered_ = nullptr;
  const std::uint64_t position = output_ ? output_->sent_position() : std::numeric_limits<std::uint64_t>::max();
  for (auto turn = std::move(answered_); turn;) {
    auto next = std::move(turn->next);
    turn->note_sent(position, stopped_ ? http::Ending::stopped : http::Ending::client_gone);
    retire(std::move(turn));
    turn = std::move(next);
  }
}

/// What is kept for the request may look at it until it has ended, whatever is read meanwhile.
void Connection::retire(std::unique_ptr<Turn> turn) noexcept {
  if (turn->exchange.keeps_anything()) turn->pinned_input = input_;
  loop_->retire(std::move(turn));
}

/// Of one that is not to be answered any more.
void Connection::end_turn(Turn& turn) const noexcept {
  if (turn.ending == http::Ending::complete) turn.ending = stopped_ ? http::Ending::stopped : http::Ending::client_gone;
  turn.ended = loop_->now();
}

void Connection::on_writable() {
  writing_ = false;
  if (phase_ == Phase::handshake) return run();
  if (phase_ == Phase::web_socket) return web_socket_->on_writable();
  if (!flush()) return;
  if (phase_ == Phase::running) {
    if (stream_) stream_->written.tell();
    if (task_->web_socket) task_->web_socket->wake();
    if (body_ && !body_->is_asked_for) body_->ready.tell();
    return arm();
  }
  run();
}

}  // namespace serval::detail
