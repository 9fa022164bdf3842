// SPDX-License-Identifier: MIT
// How a connection ends: with care for the last answer, at a deadline, or as the server stops.
#include <boost/asio/error.hpp>
#include <algorithm>
#include <utility>

#include "net/connection.hpp"
#include "net/connection_body.hpp"
#include "net/connection_guard.hpp"
#include "net/connection_stream.hpp"
#include "net/web_socket_session.hpp"

namespace serval::detail {

/// Closes so that the peer gets the last answer: to close a socket with unread input sends a reset, which may destroy
/// what the peer has not read yet (RFC 9112 section 9.6). So: no more output, read on for a bounded while, close.
void Connection::shut() {
  const Settings& settings = loop_->settings();
  const bool input_left = unread_input_ || (input_ && !input_->unread().empty()) || transport_->has_input();
  if (!input_left || settings.linger.count() == 0) return close();
  if (!transport_->end_output()) return close();
  phase_ = Phase::lingering;
  // A task that was given up may still look at what was read; see detach_task().
  if (input_ && input_.use_count() != 1) input_ = nullptr;
  phase_due_ = in(settings.linger);
  discard_input();
}

void Connection::discard_input() {
  constexpr std::size_t max_discarded_bytes = 1024 * 1024;
  Received received = Received::bytes;
  while (received == Received::bytes && linger_bytes_ < max_discarded_bytes) {
    if (input_) input_->rewind(0);
    received = receive();
    linger_bytes_ += input_->unread().size();
  }
  input_->rewind(0);
  loop_->give_back(std::move(input_));
  if (received != Received::nothing) return close();
  await_readable();
  arm();
}

void Connection::close(Transport::Close how) noexcept {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  const Ref self(this);
  // Where the end of the connection is that of the body, the client is to see that this one is not whole.
  if (stream_ && stream_->has_begun && !stream_->is_chunked) how = Transport::Close::reset;
  transport_->close(how);  // completes what is outstanding, and with it this object's life
  if (task_ != nullptr) detach_task();
  if (web_socket_) web_socket_->abandon();
  finish_answered();
  if (turn_) {
    if (stream_ && stream_->has_begun) note_stream(*turn_);
    end_turn(*turn_);
    retire(std::move(turn_));
  }
  if (output_) loop_->give_back(std::move(output_));
  if (input_) loop_->give_back(std::move(input_));
  loop_->remove_deadline(*this);
  loop_->forget(*this);
  place_.reset();
}

void Connection::drain() {
  guarded([this] {
    if (phase_ == Phase::web_socket) return web_socket_->drain();
    // Whatever else it is doing ends with an answer, the last one since the loop is draining.
    if (phase_ != Phase::head || writing_ || head_begun_) return;
    switch (receive()) {
      case Received::bytes:
        return run();
      case Received::end:
        return close();
      case Received::nothing:
        break;
    }
    loop_->give_back(std::move(input_));
    // A client that was answered just now may have its next request on the way.
    const SteadyTime quiet_at = last_active_ + loop_->settings().stop_grace;
    if (quiet_at <= loop_->now()) return close();
    phase_due_ = quiet_at;
    arm();
  });
}

void Connection::cut() {
  guarded([this] {
    stopped_ = true;
    close();
  });
}

SteadyTime Connection::in(std::chrono::milliseconds wait) const noexcept {
  return wait.count() == 0 ? Deadlines::never : loop_->now() + wait;
}

void Connection::arm() {
  SteadyTime due = std::min(phase_due_, writing_ ? write_due_ : Deadlines::never);
  if (body_) due = std::min(due, body_->due);
  loop_->set_deadline(*this, due);
}

void Connection::on_deadline() {
  guarded([this] {
    if (phase_ == Phase::web_socket) return web_socket_->on_deadline();
    const SteadyTime now = loop_->now();
    // Cut, so that the kernel does not go on holding what nobody takes.
    if (writing_ && write_due_ <= now) return close(Transport::Close::reset);
    if (body_ && body_->due <= now) {
      fail_body(too_slow);
      end_body_wait();
    }
    if (phase_due_ > now) return arm();  // it was another phase's
    const bool is_idle = !head_begun_ && (requests_ != 0 || loop_->draining());
    switch (phase_) {
      case Phase::head:
        if (is_idle) return close();
        refuse(too_slow);
        run();
        break;
      case Phase::body:
        refuse(too_slow);
        run();
        break;
      case Phase::running:
        if (stream_ && stream_->has_begun)
          send_keep_alive();
        else
          time_out_task();
        break;
      default:
        return close();
    }
    // Earlier answers may be waiting for the peer, which has its deadline too.
    if (writing_ && phase_ != Phase::closed) arm();
  });
}

}  // namespace serval::detail
