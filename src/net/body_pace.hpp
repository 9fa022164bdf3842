// SPDX-License-Identifier: MIT
// How slowly a client may send a body.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

#include <serval/http/limits.hpp>

#include "net/deadlines.hpp"

namespace serval::detail {

/// A client may be silent for `Timeouts::body_idle`, and its average rate must be at least
/// `Timeouts::min_body_bytes_per_second` after `Timeouts::body_rate_window`. Only the time counts in which the server
/// waits for bytes, so that a slow handler does not make the client slow.
class BodyPace {
 public:
  void begin_wait(SteadyTime now) noexcept {
    if (!is_waiting()) wait_begun_ = now;
  }
  void end_wait(SteadyTime now) noexcept {
    if (is_waiting()) waited_ += now - std::exchange(wait_begun_, Deadlines::never);
  }
  /// When the next bytes are due, if `bytes` have come so far. REQUIRES: it waits.
  [[nodiscard]] SteadyTime due(const http::Timeouts& timeouts, std::uint64_t bytes, SteadyTime now) const noexcept {
    const SteadyTime idle = timeouts.body_idle.count() == 0 ? Deadlines::never : now + timeouts.body_idle;
    if (timeouts.min_body_bytes_per_second == 0 || timeouts.body_rate_window.count() == 0) return idle;
    const std::chrono::milliseconds paid(bytes * 1000 / timeouts.min_body_bytes_per_second);
    return std::min(idle, wait_begun_ + std::max(timeouts.body_rate_window, paid) - waited_);
  }

 private:
  [[nodiscard]] bool is_waiting() const noexcept { return wait_begun_ != Deadlines::never; }

  SteadyTime wait_begun_ = Deadlines::never;  // never: it does not wait
  SteadyTime::duration waited_{0};            // altogether, before that
};

}  // namespace serval::detail
