// SPDX-License-Identifier: MIT
// What is spoken over a connection: HTTP/1, a WebSocket once one has been accepted.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <cstddef>

#include "net/deadlines.hpp"
#include "net/transport.hpp"

namespace serval::detail {

/// All calls come from the loop of its connection; what escapes one of them ends the connection.
/// Ownership: its connection's, and that of the calls under way: the count is plain, since all of it happens on the
/// loop. The connection outlives it.
class Session {
 public:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  virtual ~Session() = default;

  /// The transport's handshake is done. Called first, for the session that a connection begins with.
  virtual void begin() = 0;
  /// `Connection::await_readable`, `await_writable` and `watch` have come to their ends.
  virtual void on_readable() = 0;
  virtual void on_writable() = 0;
  virtual void on_failure() = 0;
  /// When `on_deadline` is to be called; looked up by `Connection::arm`.
  [[nodiscard]] virtual SteadyTime due() const noexcept = 0;
  /// A deadline has passed: `due`, that of a write, or one that has been moved meanwhile.
  virtual void on_deadline() = 0;
  /// The server stops: it ends once what is under way has ended.
  virtual void drain() = 0;
  /// The connection is about to close; says how.
  [[nodiscard]] virtual Transport::Close how_to_close(Transport::Close how) const noexcept { return how; }
  /// The connection has closed: whatever is left ends now.
  virtual void on_closed() noexcept = 0;

 private:
  friend void intrusive_ptr_add_ref(Session* session) noexcept { ++session->references_; }
  friend void intrusive_ptr_release(Session* session) noexcept {
    if (--session->references_ == 0) delete session;
  }
  std::size_t references_ = 0;
};

}  // namespace serval::detail
