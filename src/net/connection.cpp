// SPDX-License-Identifier: MIT
#include "net/connection.hpp"

#include <boost/asio/error.hpp>
#include <algorithm>

#include "net/connection_guard.hpp"

namespace serval::detail {

namespace asio = boost::asio;

void Connection::start(std::shared_ptr<Loop> loop, std::unique_ptr<Transport> transport, Loop::Place place) {
  const Ref connection(new Connection(std::move(loop), std::move(transport), std::move(place)));
  connection->guarded([&] {
    connection->due_ = connection->in(connection->settings().timeouts.header);
    connection->shake_hands();
  });
}

Connection::Connection(std::shared_ptr<Loop> loop, std::unique_ptr<Transport> transport, Loop::Place place)
    : loop_(std::move(loop)), place_(std::move(place)), transport_(std::move(transport)) {
  loop_->enlist(*this);
}

Connection::~Connection() {
  // It is still open only if an io_context is destroyed with its operations. The service may have been destroyed
  // before, so it is not called.
  loop_->remove_deadline(*this);
  if (place_) loop_->forget(*this);
}

// Not inlined: g++ 12 does not see that two references in one function count as two, and warns of a use after free.
[[gnu::noinline]] void intrusive_ptr_release(Connection* connection) noexcept {
  if (--connection->references_ == 0) delete connection;
}

void Connection::shake_hands() {
  switch (transport_->shake_hands()) {
    case Transport::Handshake::needs_input:
      await_readable();
      return arm();
    case Transport::Handshake::needs_output:
      return await_writable();
    case Transport::Handshake::failed:
      return close();
    case Transport::Handshake::done:
      break;
  }
  session_ = settings().protocols.make(transport_->protocol(), *this);
  if (!session_) return close();
  phase_ = Phase::open;
  session_->begin();
}

void Connection::on_event(Transport::Event event) noexcept {
  if (phase_ == Phase::closed) return;
  guarded([this, event] {
    switch (event) {
      case Transport::Event::readable:
        reading_ = false;
        if (phase_ == Phase::open) return session_->on_readable();
        return phase_ == Phase::handshake ? shake_hands() : discard_input();
      case Transport::Event::writable:
        writing_ = false;
        if (phase_ == Phase::open) return session_->on_writable();
        if (phase_ == Phase::handshake) shake_hands();
        return;
      case Transport::Event::failed:
        watching_ = false;
        if (phase_ == Phase::open) session_->on_failure();
    }
  });
}

// --- input --------------------------------------------------------------------------------------

void Connection::await_readable() {
  if (reading_) return;
  transport_->wait(Transport::Event::readable, *this);
  reading_ = true;
}

Connection::Received Connection::receive() {
  if (!input_) input_ = loop_->borrow_input();
  boost::system::error_code error;
  const std::size_t bytes = transport_->read_some(input_->room(), error);
  if (error == asio::error::would_block) return Received::nothing;
  if (error) return Received::end;
  input_->commit(bytes);
  loop_->counters().bytes_in.add(bytes);
  return Received::bytes;
}

void Connection::return_input() noexcept {
  if (input_) loop_->give_back(std::exchange(input_, nullptr));
}

// --- output -------------------------------------------------------------------------------------

void Connection::await_writable() {
  if (write_due_ == Deadlines::never) write_due_ = in(settings().timeouts.write);
  transport_->wait(Transport::Event::writable, *this);
  writing_ = true;
  arm();
}

Connection::Flushed Connection::flush(Outgoing& outgoing) {
  // A peer that reads as fast as the server writes would otherwise keep the other connections waiting.
  constexpr std::size_t turn_bytes = 1024 * 1024;
  std::size_t written = 0;
  while (!outgoing.empty()) {
    if (written >= turn_bytes) {  // not a wait for room: the system reports room only when much of it is free
      loop_->post([self = Ref(this)] { self->on_event(Transport::Event::writable); });
      write_due_ = in(settings().timeouts.write);
      writing_ = true;
      arm();
      return Flushed::waits;
    }
    boost::system::error_code error;
    const std::size_t bytes = outgoing.write(*transport_, turn_bytes - written, error);
    if (error == asio::error::would_block) {
      if (written != 0) write_due_ = Deadlines::never;  // the peer has taken bytes, so its time starts again
      await_writable();
      return Flushed::waits;
    }
    if (error) return Flushed::failed;
    written += bytes;
    loop_->counters().bytes_out.add(bytes);
  }
  write_due_ = Deadlines::never;
  return Flushed::all;
}

// --- failure ------------------------------------------------------------------------------------

void Connection::watch() {
  if (watching_) return;
  transport_->wait(Transport::Event::failed, *this);
  watching_ = true;
}

bool Connection::has_failed() {
  if (!transport_->is_open()) return false;  // closed already: a write has found the failure first
  if (transport_->is_broken()) return true;
  // Unread input is read first; the read after it finds the failure.
  if (!transport_->has_input()) watch();
  return false;
}

// --- deadlines ----------------------------------------------------------------------------------

void Connection::arm() {
  const SteadyTime due = phase_ == Phase::open ? session_->due() : due_;
  loop_->set_deadline(*this, std::min(due, writing_ ? write_due_ : Deadlines::never));
}

void Connection::on_deadline() {
  guarded([this] {
    if (phase_ == Phase::open) return session_->on_deadline();
    // With a reset, so that the kernel does not keep output that the peer does not take.
    if (is_stalled()) return close(Transport::Close::reset);
    if (due_ > loop_->now()) return arm();
    close();
  });
}

// --- the end ------------------------------------------------------------------------------------

void Connection::drain() {
  guarded([this] {
    if (phase_ == Phase::open) session_->drain();
  });
}

void Connection::cut() {
  guarded([this] {
    was_cut_ = true;
    close();
  });
}

void Connection::shut() {
  const bool input_left = unread_input_ || (input_ && !input_->unread().empty()) || transport_->has_input();
  if (!input_left || settings().linger.count() == 0) return close();
  if (!transport_->end_output()) return close();
  phase_ = Phase::lingering;
  // A task that was given up may still use the input that was read.
  if (input_ && input_.use_count() != 1) input_ = nullptr;
  due_ = in(settings().linger);
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
  return_input();
  if (received != Received::nothing) return close();
  await_readable();
  arm();
}

void Connection::close(Transport::Close how) noexcept {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  const Ref self(this);
  transport_->close(session_ ? session_->how_to_close(how) : how);  // completes the outstanding waits
  if (session_) session_->on_closed();
  return_input();
  loop_->remove_deadline(*this);
  loop_->forget(*this);
  place_.reset();
}

}  // namespace serval::detail
