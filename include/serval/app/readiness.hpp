// SPDX-License-Identifier: MIT
// Whether an application can do its work now: options of `App::ready` and results of `App::readiness`.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace serval {

/// The options of `App::ready`.
struct ReadyOptions {
  /// How long a check may take; then it is cancelled, and the application is not ready. Default 1 s. Errors: SetupError
  /// for 0 or less.
  std::chrono::milliseconds timeout{1'000};
};

/// The result of one check.
struct ReadinessResult {
  /// The name that it was declared with.
  std::string name;
  /// Whether the check has passed.
  bool is_ready = false;
  /// Why the check has failed: the exception of the check, or that it takes too long. Empty if it passed. The text may
  /// contain internal details that must not become public.
  std::string error;
  /// How long it took.
  std::chrono::nanoseconds duration{0};
};

/// Whether an application is ready, and if not, why.
struct Readiness {
  /// The reason why it is not ready.
  enum class State : std::uint8_t {
    ready,     ///< no reason: it is ready
    failing,   ///< a check has failed
    starting,  ///< no server or test client has started it yet, or none runs it any more
    stopping,  ///< a server that runs it has begun to stop
  };
  /// `ready`, or the first reason why it is not.
  State state = State::starting;
  /// The results of the checks, in the order of their declaration, those of mounted applications last. Empty while it
  /// starts or stops, because no check is called then.
  std::vector<ReadinessResult> checks;

  [[nodiscard]] bool is_ready() const noexcept { return state == State::ready; }
};

}  // namespace serval
