// SPDX-License-Identifier: MIT
// The statistics of a server: `server.stats()`.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace serval {

/// A server's statistics at one moment. Each value is exact; they are read one after another while the server
/// continues, so that two of them may belong to slightly different moments.
struct ServerStats {
  /// Open connections, including those that no loop has taken over yet.
  std::size_t connections = 0;
  /// Requests whose head has been read and whose response was not sent yet. A WebSocket counts until its handshake is
  /// answered.
  std::size_t requests_in_flight = 0;
  /// Connections that were accepted since the start.
  std::uint64_t accepted = 0;
  /// Requests since the start, including refused ones.
  std::uint64_t requests = 0;
  /// Requests that the server answered instead of the application: those that it could not read, that were too large or
  /// too slow, that were too many at once (`ServerOptions::max_requests_in_flight`), and those whose handler exceeded
  /// its deadline.
  std::uint64_t refused = 0;
  /// Bytes received from clients since the start: heads, bodies, frames.
  std::uint64_t bytes_in = 0;
  /// Bytes passed to the system for clients since the start, as above, including files.
  std::uint64_t bytes_out = 0;
  /// Calls that wait for a thread of the application's pool for blocking work, including those of mounted applications.
  std::size_t pool_queued = 0;
  /// The longest time that a task, posted to an event loop by the previous call of `stats()`, had to wait; if it still
  /// waits, the time so far. 0 at the first call and after the server has stopped.
  std::chrono::nanoseconds loop_lag{0};
};

}  // namespace serval
