// SPDX-License-Identifier: MIT
// Computes when the next bytes of a request body must arrive, from the limits on how slowly a client may send it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

#include <serval/http/limits.hpp>

#include "net/deadlines.hpp"

namespace serval::detail {

/// A client may be silent for at most `Timeouts::body_idle`. After `Timeouts::body_rate_window` its average rate must
/// be at least `Timeouts::min_body_bytes_per_second`. Only the time that the server spends waiting for bytes counts, so
/// that a slow handler does not count against the client.
class BodyPace {
 public:
  void begin_wait(SteadyTime now) noexcept {
    if (!is_waiting()) wait_begun_ = now;
  }
  void end_wait(SteadyTime now) noexcept {
    if (is_waiting()) waited_ += now - std::exchange(wait_begun_, Deadlines::never);
  }
  /// Returns when the next bytes must arrive, given that `bytes` of the body have arrived so far; `Deadlines::never` if
  /// there is no limit. REQUIRES: a wait has begun and not ended.
  [[nodiscard]] SteadyTime due(const http::Timeouts& timeouts, std::uint64_t bytes, SteadyTime now) const noexcept {
    const SteadyTime idle = timeouts.body_idle.count() == 0 ? Deadlines::never : now + timeouts.body_idle;
    if (timeouts.min_body_bytes_per_second == 0 || timeouts.body_rate_window.count() == 0) return idle;
    const std::chrono::milliseconds paid(bytes * 1000 / timeouts.min_body_bytes_per_second);
    return std::min(idle, wait_begun_ + std::max(timeouts.body_rate_window, paid) - waited_);
  }

 private:
  [[nodiscard]] bool is_waiting() const noexcept { return wait_begun_ != Deadlines::never; }

  SteadyTime wait_begun_ = Deadlines::never;  // `Deadlines::never` while no wait is in progress
  SteadyTime::duration waited_{0};            // the total of all waits that have ended
};

}  // namespace serval::detail
