// SPDX-License-Identifier: MIT
// The protocol on a connection: HTTP/1, or a WebSocket after it was accepted.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <cstddef>

#include "net/deadlines.hpp"
#include "net/transport.hpp"

namespace serval::detail {

/// All calls come from the loop of its connection. An exception ends the connection.
/// Ownership: shared by its connection and its running calls; the reference count is not atomic, since everything
/// happens on the loop. The connection outlives it.
class Session {
 public:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  virtual ~Session() = default;

  /// The transport's handshake is done. Called first, but not for a session that takes over from another.
  virtual void begin() {}
  /// Called after `Connection::await_readable`, `await_writable` and `watch`.
  virtual void on_readable() = 0;
  virtual void on_writable() = 0;
  virtual void on_failure() = 0;
  /// When `on_deadline` must be called; `Connection::arm` reads it.
  [[nodiscard]] virtual SteadyTime due() const noexcept = 0;
  /// A deadline has passed: `due`, the deadline for writing, or an earlier value of one of them.
  virtual void on_deadline() = 0;
  /// The server stops: the session ends after its current work.
  virtual void drain() = 0;
  /// Called just before the connection closes. May change how it closes.
  [[nodiscard]] virtual Transport::Close how_to_close(Transport::Close how) const noexcept { return how; }
  /// The connection has closed: all requests in flight end now.
  virtual void on_closed() noexcept = 0;

 private:
  friend void intrusive_ptr_add_ref(Session* session) noexcept { ++session->references_; }
  friend void intrusive_ptr_release(Session* session) noexcept {
    if (--session->references_ == 0) delete session;
  }
  std::size_t references_ = 0;
};

}  // namespace serval::detail
