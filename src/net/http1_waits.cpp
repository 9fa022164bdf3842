// SPDX-License-Identifier: MIT
// The events that an HTTP/1 session waits for: input, room for output, deadlines, and the end of the connection.
#include <algorithm>
#include <limits>
#include <utility>

#include "net/http1_session.hpp"
#include "net/web_socket_session.hpp"

namespace serval::detail {

// --- input --------------------------------------------------------------------------------------

Connection::Received Http1Session::receive() {
  if (!connection_.input()) {
    auto input = loop().borrow_input();
    // An incomplete head can be larger than a buffer only if the limit on heads is higher than usual.
    if (partial_head_.size() + 1024 > input->capacity())
      input = std::make_shared<InputBuffer>(2 * partial_head_.size());
    input->load(partial_head_);
    std::string().swap(partial_head_);
    connection_.input() = std::move(input);
  }
  return connection_.receive();
}

void Http1Session::on_readable() {
  if (phase_ == Phase::running) {
    if (task_->body && task_->body->is_awaited) return end_body_wait(*task_);
    return on_input_while_running();
  }
  if (connection_.is_writing() || (phase_ != Phase::head && phase_ != Phase::body)) return;
  switch (receive()) {
    case Connection::Received::bytes:
      return run();
    case Connection::Received::end:
      return connection_.close();  // the end is between requests, or within one that cannot become complete any more
    case Connection::Received::nothing:
      return phase_ == Phase::head ? await_head() : connection_.await_readable();
  }
}

/// Waits for the next head, or for the rest of it, without an input buffer, which an idle connection does not need.
void Http1Session::await_head() {
  std::string_view arrived = partial_head_;
  if (connection_.input()) {
    arrived = input().unread();
    partial_head_.assign(arrived);
  }
  // The time for a head starts with its first byte, or for the first head with the accepted connection, and does not
  // start again however slowly the rest arrives.
  const bool begun = scanner_.started(arrived);
  if (requests_ != 0 && !head_begun_) {
    const http::Timeouts& timeouts = settings().timeouts;
    phase_due_ = connection_.in(begun ? timeouts.header : timeouts.keep_alive);
  }
  head_begun_ = begun;
  connection_.return_input();
  connection_.await_readable();
  connection_.arm();
}

void Http1Session::await_body() {
  // Makes room without moving the head, since the request has views of it.
  constexpr std::size_t least_room = 4096;
  input().rewind(body_floor_);
  if (input().room().size() < least_room) {
    turn_->pinned_head = std::exchange(connection_.input(), loop().borrow_input());
    body_floor_ = 0;
  }
  turn_->body_pace.begin_wait(loop().now());
  phase_due_ = turn_->body_pace.due(settings().timeouts, turn_->body_bytes, loop().now());
  connection_.await_readable();
  connection_.arm();
}

void Http1Session::await_half_close() {
  if (settings().cancel_on_half_close) connection_.await_readable();
}

void Http1Session::on_input_while_running() {
  if (!settings().cancel_on_half_close) return;
  if (connection_.transport().has_half_closed()) return connection_.close();
  // A handler that reads a body or a WebSocket waits for input by itself.
  if (task_->body || task_->web_socket) return;
  // Pipelined requests are read as far as there is room: while they stay in the socket, each new wait for input would
  // complete at once.
  if (!connection_.input() || input().room().empty()) return;
  if (receive() == Connection::Received::end) return connection_.close();
  connection_.await_readable();
}

// --- output -------------------------------------------------------------------------------------

/// Writes the formatted responses. Returns false if it has to wait for the peer or has failed; the current step is
/// repeated once everything has been written.
bool Http1Session::flush() {
  if (!output_) return true;
  switch (connection_.flush(*output_)) {
    case Connection::Flushed::waits:
      return false;
    case Connection::Flushed::failed:
      connection_.close();
      return false;
    case Connection::Flushed::all:
      break;
  }
  finish_answered();
  return true;
}

void Http1Session::on_writable() {
  if (!flush()) return;
  if (phase_ != Phase::running) return run();
  if (task_->parts) task_->parts->written.tell();
  if (task_->web_socket) task_->web_socket->wake();
  if (task_->body && !task_->body->is_asked_for) task_->body->ready.tell();
  connection_.arm();
}

/// Finishes the turns of all responses in the output: either everything was sent, or the connection ends and nothing
/// more is sent.
void Http1Session::finish_answered() noexcept {
  if (!output_) return;
  const std::uint64_t position = output_->sent_position();
  auto turn = output_->take_answered();
  loop().give_back(std::move(output_));
  while (turn) {
    auto next = std::move(turn->next);
    turn->note_sent(position, connection_.ending());
    retire(std::move(turn));
    turn = std::move(next);
  }
}

/// Retires a turn. Kept values and background work may read the request until they have ended, so its input buffer is
/// kept as well.
void Http1Session::retire(std::unique_ptr<Turn> turn) noexcept {
  if (turn->exchange.is_read_after_answer()) turn->pinned_input = connection_.input();
  loop().retire(std::move(turn));
}

// --- the end ------------------------------------------------------------------------------------

void Http1Session::on_failure() {
  // While no task runs, the next read or write finds the error.
  if (phase_ == Phase::running && connection_.has_failed()) connection_.close();
}

SteadyTime Http1Session::due() const noexcept {
  const StreamedBody* const body = task_ != nullptr ? task_->body.get() : nullptr;
  return body != nullptr ? std::min(phase_due_, body->due) : phase_due_;
}

void Http1Session::on_deadline() {
  const SteadyTime now = loop().now();
  // With a reset, so that the kernel does not keep output that the peer does not take.
  if (connection_.is_stalled()) return connection_.close(Transport::Close::reset);
  if (task_ != nullptr && task_->body && task_->body->due <= now) {
    fail_body(*task_, too_slow);
    end_body_wait(*task_);
  }
  if (phase_due_ > now) return connection_.arm();  // the deadline of an earlier phase
  const bool is_idle = !head_begun_ && (requests_ != 0 || loop().draining());
  switch (phase_) {
    case Phase::head:
      if (is_idle) return connection_.close();
      refuse(too_slow);
      run();
      break;
    case Phase::body:
      refuse(too_slow);
      run();
      break;
    case Phase::running:
      if (task_->parts && task_->parts->has_begun)
        send_keep_alive();
      else
        time_out_task();
      break;
    case Phase::gate:
    case Phase::serve:
    case Phase::answer:
    case Phase::last_answer:
    case Phase::over:
      return connection_.close();
  }
  // Earlier responses may be waiting for the peer, which has its own deadline.
  if (connection_.is_writing() && connection_.is_open()) connection_.arm();
}

void Http1Session::drain() {
  // In all other states a response follows, which is the last one since the loop is draining.
  if (phase_ != Phase::head || connection_.is_writing() || head_begun_) return;
  switch (receive()) {
    case Connection::Received::bytes:
      return run();
    case Connection::Received::end:
      return connection_.close();
    case Connection::Received::nothing:
      break;
  }
  connection_.return_input();
  // A client that was answered just now may have sent its next request already.
  const SteadyTime quiet_at = last_active_ + settings().stop_grace;
  if (quiet_at <= loop().now()) return connection_.close();
  phase_due_ = quiet_at;
  connection_.arm();
}

Transport::Close Http1Session::how_to_close(Transport::Close how) const noexcept {
  // If the end of the connection marks the end of the body, a reset tells the client that this body is incomplete.
  const Turn* const turn = task_ != nullptr ? task_ : turn_.get();
  const bool ends_body = turn != nullptr && turn->parts && turn->parts->has_begun && !turn->parts->is_chunked;
  return ends_body ? Transport::Close::reset : how;
}

void Http1Session::on_closed() noexcept {
  phase_ = Phase::over;
  if (task_ != nullptr) give_up_task();
  finish_answered();
  if (!turn_) return;
  turn_->note_parts();
  end_turn(*turn_);
  retire(std::move(turn_));
}

/// Records the end of a turn that gets no response any more.
void Http1Session::end_turn(Turn& turn) const noexcept { turn.end(connection_.ending(), loop().now()); }

}  // namespace serval::detail
