// SPDX-License-Identifier: MIT
// What a server counts about itself: `server.stats()`.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace serval {

/// A server's figures at one moment. Each is exact by itself; they are read one after another while the server goes
/// on, so that two of them may belong to slightly different moments.
struct ServerStats {
  /// Open connections, those that no loop has taken over yet among them.
  std::size_t connections = 0;
  /// Requests whose head has been read and whose answer has not left yet. A WebSocket counts until its handshake was
  /// answered.
  std::size_t requests_in_flight = 0;
  /// Connections that were accepted since the start.
  std::uint64_t accepted = 0;
  /// Requests since the start, refused ones among them.
  std::uint64_t requests = 0;
  /// Requests that the server answered in the application's place: those that it could not read, that were too large or
  /// too slow, that were too many at once (`ServerOptions::max_requests_in_flight`), and those whose handler met its
  /// deadline.
  std::uint64_t refused = 0;
  /// Bytes that came from clients since the start: heads, bodies, frames.
  std::uint64_t bytes_in = 0;
  /// Bytes that were handed to the system for clients since the start, as above; those of files too.
  std::uint64_t bytes_out = 0;
  /// Calls that wait for a thread of the application's pool for blocking work, those of mounted applications too.
  std::size_t pool_queued = 0;
  /// How long the slowest of the event loops let a task wait that the call of `stats()` before this one had posted to
  /// it; where it waits still, how long it has. 0 at the first call, and once the server has stopped.
  std::chrono::nanoseconds loop_lag{0};
};

}  // namespace serval
