// SPDX-License-Identifier: MIT
// What an HTTP/1 session waits for, and what comes of it: input, room for output, deadlines, the end.
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
    // Only where the limit on heads is higher than usual can more have come than a buffer holds.
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
      return connection_.close();  // of input between requests, or amid one that is now never to be whole
    case Connection::Received::nothing:
      return phase_ == Phase::head ? await_head() : connection_.await_readable();
  }
}

/// Lets go of all that an idle connection can do without.
void Http1Session::await_head() {
  std::string_view arrived = partial_head_;
  if (connection_.input()) {
    arrived = input().unread();
    partial_head_.assign(arrived);
  }
  // A head has its time from the first byte, however slowly the rest comes; the first one from accept.
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
  // Room without moving the head, which the request views.
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
  // Who reads a body or a WebSocket waits for input by itself.
  if (task_->body || task_->web_socket) return;
  // Requests that the client sends ahead are taken in as far as there is room: while they stand in the socket, a wait
  // for input is over at once, each time anew.
  if (!connection_.input() || input().room().empty()) return;
  if (receive() == Connection::Received::end) return connection_.close();
  connection_.await_readable();
}

// --- output -------------------------------------------------------------------------------------

/// Writes what has been formatted. False when it has to wait for the peer or has failed; the step that wanted it is
/// taken again once all is written.
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

/// Nothing more of what is in the output is sent: all of it was, or the connection ends.
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

/// What is kept for the request may look at it until it has ended, whatever is read meanwhile.
void Http1Session::retire(std::unique_ptr<Turn> turn) noexcept {
  if (turn->exchange.keeps_anything()) turn->pinned_input = connection_.input();
  loop().retire(std::move(turn));
}

// --- the end ------------------------------------------------------------------------------------

void Http1Session::on_failure() {
  // While no task runs, the next read or write finds the error by itself.
  if (phase_ == Phase::running && connection_.has_failed()) connection_.close();
}

SteadyTime Http1Session::due() const noexcept {
  const StreamedBody* const body = task_ != nullptr ? task_->body.get() : nullptr;
  return body != nullptr ? std::min(phase_due_, body->due) : phase_due_;
}

void Http1Session::on_deadline() {
  const SteadyTime now = loop().now();
  // Cut, so that the kernel does not go on holding what nobody takes.
  if (connection_.is_stalled()) return connection_.close(Transport::Close::reset);
  if (task_ != nullptr && task_->body && task_->body->due <= now) {
    fail_body(*task_, too_slow);
    end_body_wait(*task_);
  }
  if (phase_due_ > now) return connection_.arm();  // it was another phase's
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
  // Earlier answers may be waiting for the peer, which has its deadline too.
  if (connection_.is_writing() && connection_.is_open()) connection_.arm();
}

void Http1Session::drain() {
  // Whatever else it is doing ends with an answer, the last one since the loop is draining.
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
  // A client that was answered just now may have its next request on the way.
  const SteadyTime quiet_at = last_active_ + settings().stop_grace;
  if (quiet_at <= loop().now()) return connection_.close();
  phase_due_ = quiet_at;
  connection_.arm();
}

Transport::Close Http1Session::how_to_close(Transport::Close how) const noexcept {
  // Where the end of the connection is that of the body, the client is to see that this one is not whole.
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

/// Of one that is not to be answered any more.
void Http1Session::end_turn(Turn& turn) const noexcept { turn.end(connection_.ending(), loop().now()); }

}  // namespace serval::detail
