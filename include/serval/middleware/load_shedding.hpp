// SPDX-License-Identifier: MIT
// Refuses requests at once while the server has more work than it can do.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <serval/handler/host.hpp>
#include <serval/handler/middleware.hpp>

namespace serval {

/// The options of `LoadShedding`. Errors: SetupError if both limits are 0, and for a time below 0 or above 100 years.
struct LoadSheddingOptions {
  /// The most requests that are in flight at once, from their head to the last byte of their response; a WebSocket only
  /// until its handshake is answered. Further ones are refused. Default and 0: no limit.
  std::size_t in_flight = 0;
  /// If work has waited longer than this for an event loop or for a thread of the pool for blocking work, for a whole
  /// second, requests are refused until it waits less. 100 ms is a good value. Default and 0: no limit.
  std::chrono::milliseconds queue_delay{0};
  /// Paths that are never refused or counted, as the client sends them, for health checks: "/health". Default: none.
  std::vector<std::string> exempt{};
  /// The clock; tests set another. Default: the steady clock.
  std::function<std::chrono::steady_clock::time_point()> clock{};
};

/// `app.use(LoadShedding({.in_flight = 512, .queue_delay = 100ms, .exempt = {"/health"}}));`: requests beyond the
/// limits get 503 with `retry-after: 1` before their body is read, so that those in flight are answered in time.
/// `ServerOptions::max_requests_in_flight` limits a server in the same way, without exceptions and outside of the
/// application. Delays are measured every 100 ms, when a request arrives. Copies share their counts. Thread safety: all
/// of it.
class LoadShedding {
 public:
  static constexpr Stage stage = Stage::load_shedding;

  explicit LoadShedding(LoadSheddingOptions options);

  void serving(const std::shared_ptr<http::Host>& host);
  void before(Request& request);
  void after(const Request& request, Response& response);

  /// How many requests are in flight; 0 if they are not limited.
  [[nodiscard]] std::size_t in_flight() const noexcept;
  /// How many requests were refused.
  [[nodiscard]] std::uint64_t refused() const noexcept;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace serval
