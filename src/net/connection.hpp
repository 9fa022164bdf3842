// SPDX-License-Identifier: MIT
// The connection to one client: its transport, input, waits, and end. Its session speaks the protocol.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include <serval/handler/finished.hpp>

#include "net/loop.hpp"
#include "net/outgoing.hpp"
#include "net/session.hpp"
#include "net/transport.hpp"

namespace serval::detail {

/// Ownership: alive as long as one of its operations is outstanding, and one always is while it is open; the reference
/// count is not atomic, since all of them complete on its loop. The loop has a list of the open ones.
///
/// If the peer disconnects while a handler runs: a reset, or any other error of the socket, cancels the handler. The
/// end of the peer's input alone does not, since a client may close its sending side and still wait for the answer (RFC
/// 9112 section 9.6), which looks the same on the wire; a write or a probe of the kernel then detects a peer that is
/// gone. With `Settings::cancel_on_half_close` it does, and the session watches its input meanwhile.
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
  /// Ends now, with all requests in flight.
  void cut();

  // --- for its session ---------------------------------------------------------------------------
  [[nodiscard]] const std::shared_ptr<Loop>& loop() const noexcept { return loop_; }
  [[nodiscard]] const Settings& settings() const noexcept { return loop_->settings(); }
  [[nodiscard]] Transport& transport() const noexcept { return *transport_; }
  /// Whether the session is in charge: after the handshake, before the end.
  [[nodiscard]] bool is_open() const noexcept { return phase_ == Phase::open; }
  /// How a request ends if the end of the connection interrupts it.
  [[nodiscard]] http::Ending ending() const noexcept {
    return was_cut_ ? http::Ending::stopped : http::Ending::client_gone;
  }
  /// The time after `wait` from now; never if it is 0.
  [[nodiscard]] SteadyTime in(std::chrono::milliseconds wait) const noexcept {
    return wait.count() == 0 ? Deadlines::never : loop_->now() + wait;
  }

  enum class Received : std::uint8_t { bytes, nothing, end };
  /// Reads once into `input`; borrows a buffer if there is none.
  Received receive();
  /// The unread input. Null while there is none; the session may replace the buffer.
  [[nodiscard]] std::shared_ptr<InputBuffer>& input() noexcept { return input_; }
  void return_input() noexcept;

  /// Calls `Session::on_readable` when there is input, or its end.
  void await_readable();
  /// Calls `Session::on_writable` when the transport takes bytes again.
  void await_writable();
  [[nodiscard]] bool is_writing() const noexcept { return writing_; }
  /// Whether it waits for room, and the peer has taken nothing for `Timeouts::write`.
  [[nodiscard]] bool is_stalled() const noexcept { return writing_ && write_due_ <= loop_->now(); }
  enum class Flushed : std::uint8_t { all, waits, failed };
  /// Writes everything, or as much as the transport takes, and then waits like `await_writable`. It also waits after
  /// 1 MiB, so that the other connections of the loop get their turn. After `failed` the session has to close.
  [[nodiscard]] Flushed flush(Outgoing& outgoing);
  /// Forgets the wait for room.
  void stop_writing() noexcept { writing_ = false; }
  /// Calls `Session::on_failure` when the transport may have failed.
  void watch();
  /// Returns whether the transport has failed. If not, it is watched again, unless there is input, which must be read
  /// first.
  [[nodiscard]] bool has_failed();

  /// Sets the timer to `Session::due`. Must be called after each change of it.
  void arm();
  /// Replaces the session. The old one is destroyed when none of its calls is running.
  void become(boost::intrusive_ptr<Session> session) { session_ = std::move(session); }

  /// The peer may be sending bytes that are never read, so that `shut` must linger.
  void expect_input() noexcept { unread_input_ = true; }
  /// Closes so that the peer gets the last answer: closing a socket with unread input sends a reset, which may destroy
  /// bytes that the peer has not read yet (RFC 9112 section 9.6). So it ends the output, reads and drops input for a
  /// limited time, and then closes.
  void shut();
  void close(Transport::Close how = Transport::Close::in_order) noexcept;

  /// Runs a step that the connection did not start, such as the end of a task. An exception ends this connection only.
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
  void shake_hands();
  void discard_input();
  void on_deadline() override;

  const std::shared_ptr<Loop> loop_;
  Loop::Place place_;  // held while the loop lists the connection
  const std::unique_ptr<Transport> transport_;
  boost::intrusive_ptr<Session> session_;  // null until the handshake is done
  std::size_t references_ = 0;
  std::size_t index_ = 0;  // in the loop's list

  Phase phase_ = Phase::handshake;
  bool reading_ = false;               // a wait for input is outstanding
  bool writing_ = false;               // a wait for room is outstanding
  bool watching_ = false;              // a wait for a failure is outstanding
  bool unread_input_ = false;          // see expect_input
  bool was_cut_ = false;               // the server stops and does not wait any longer
  SteadyTime due_ = Deadlines::never;  // the deadline of the handshake and of lingering
  SteadyTime write_due_ = Deadlines::never;
  std::size_t linger_bytes_ = 0;
  std::shared_ptr<InputBuffer> input_;
};

}  // namespace serval::detail
