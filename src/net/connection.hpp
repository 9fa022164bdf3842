// SPDX-License-Identifier: MIT
// One client: its transport, what was read from it, what is waited for, and how it ends. What is spoken over it is its
// session's.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "net/loop.hpp"
#include "net/outgoing.hpp"
#include "net/session.hpp"
#include "net/transport.hpp"

namespace serval::detail {

/// Ownership: alive as long as an operation of it is outstanding, as one always is while it is open; the count is
/// plain, since all of them complete on its loop. The loop knows the open ones.
///
/// What the peer's going away means while a handler works: a reset, or any error of the socket, cancels the handler.
/// A mere end of its input does not: a client may close its sending side and still wait for the answer (RFC 9112
/// section 9.6), and on the wire that looks no different from one that has gone; writing then finds out, or a probe of
/// the kernel's. With `Settings::cancel_on_half_close` it does, and the session watches its input meanwhile.
class Connection final : private Transport::Observer, private Deadlines::Waiter {
 public:
  using Ref = boost::intrusive_ptr<Connection>;

  /// Errors: out of memory.
  static void start(std::shared_ptr<Loop> loop, std::unique_ptr<Transport> transport, Loop::Place place);

  Connection(std::shared_ptr<Loop> loop, std::unique_ptr<Transport> transport, Loop::Place place);
  ~Connection();

  // --- for the loop ------------------------------------------------------------------------------
  /// The server stops: an idle connection ends now, any other after the answer in flight.
  void drain();
  /// Ends now, whatever is in flight.
  void cut();

  // --- for its session ---------------------------------------------------------------------------
  [[nodiscard]] const std::shared_ptr<Loop>& loop() const noexcept { return loop_; }
  [[nodiscard]] const Settings& settings() const noexcept { return loop_->settings(); }
  [[nodiscard]] Transport& transport() const noexcept { return *transport_; }
  /// Whether neither side has ended it.
  [[nodiscard]] bool is_open() const noexcept { return phase_ == Phase::open; }
  /// Whether the server has waited long enough.
  [[nodiscard]] bool was_cut() const noexcept { return was_cut_; }
  /// So long from now on; never where that is 0.
  [[nodiscard]] SteadyTime in(std::chrono::milliseconds wait) const noexcept {
    return wait.count() == 0 ? Deadlines::never : loop_->now() + wait;
  }

  enum class Received : std::uint8_t { bytes, nothing, end };
  /// Reads once into `input`, which is borrowed where there is none.
  Received receive();
  /// What was read. Null while nothing is kept; the session may put another in its place.
  [[nodiscard]] std::shared_ptr<InputBuffer>& input() noexcept { return input_; }
  void return_input() noexcept;

  /// Calls `Session::on_readable` once there is input, or its end.
  void await_readable();
  /// Calls `Session::on_writable` once there is room again.
  void await_writable();
  [[nodiscard]] bool is_writing() const noexcept { return writing_; }
  /// Whether it waits for room, and the peer has taken nothing for too long.
  [[nodiscard]] bool is_stalled() const noexcept { return writing_ && write_due_ <= loop_->now(); }
  enum class Flushed : std::uint8_t { all, waits, failed };
  /// Writes until nothing is left, or waits for room as above. It waits as well where the loop's other connections are
  /// to have their turn. On failure the session decides what becomes of the connection.
  [[nodiscard]] Flushed flush(Outgoing& outgoing);
  /// The room that is waited for does not matter any more.
  void stop_writing() noexcept { writing_ = false; }
  /// Calls `Session::on_failure` once the transport may have failed.
  void watch();
  /// Whether it has; else it is watched further, unless input is there to be read first.
  [[nodiscard]] bool has_failed();

  /// Looks up the session's deadline.
  void arm();
  /// Another session takes over. The one before ends once no call of it is under way.
  void become(boost::intrusive_ptr<Session> session) { session_ = std::move(session); }

  /// The peer may be sending what nobody will read, so it closes with care.
  void expect_input() noexcept { unread_input_ = true; }
  [[nodiscard]] bool expects_input() const noexcept { return unread_input_; }
  /// Closes so that the peer gets the last answer: to close a socket with unread input sends a reset, which may destroy
  /// what the peer has not read yet (RFC 9112 section 9.6). So: no more output, read on for a bounded while, close.
  void shut();
  void close(Transport::Close how = Transport::Close::in_order) noexcept;

  /// Runs a step of the session that did not come by way of the connection; what escapes it ends this connection and no
  /// other.
  template <class Step>
  void guarded(Step step) noexcept;

 private:
  friend class Loop;
  friend void intrusive_ptr_add_ref(Connection* connection) noexcept { ++connection->references_; }
  friend void intrusive_ptr_release(Connection* connection) noexcept;
  enum class Phase : std::uint8_t { handshake, open, lingering, closed };

  void on_event(Transport::Event event) noexcept override;
  void add_reference() noexcept override { ++references_; }
  void release_reference() noexcept override { intrusive_ptr_release(this); }
  void on_readable();
  void on_writable();
  void shake_hands();
  void discard_input();
  void on_deadline() override;

  const std::shared_ptr<Loop> loop_;
  Loop::Place place_;  // while it is open, as long as the loop knows it
  const std::unique_ptr<Transport> transport_;
  boost::intrusive_ptr<Session> session_;  // null until the handshake is done
  std::size_t references_ = 0;
  std::size_t index_ = 0;  // in the loop's list

  Phase phase_ = Phase::handshake;
  bool reading_ = false;       // a wait for input is outstanding
  bool writing_ = false;       // a wait for room is outstanding
  bool watching_ = false;      // a wait for a failure is outstanding
  bool unread_input_ = false;  // see expect_input
  bool was_cut_ = false;
  SteadyTime due_ = Deadlines::never;  // of a phase that is not the session's
  SteadyTime write_due_ = Deadlines::never;
  std::size_t linger_bytes_ = 0;
  std::shared_ptr<InputBuffer> input_;
};

}  // namespace serval::detail
