// SPDX-License-Identifier: MIT
// Whether an application can do its work now: what `App::ready` declares and `App::readiness` finds out.
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

/// What one check has found.
struct ReadinessResult {
  /// The name that it was declared with.
  std::string name;
  /// Whether the check has passed.
  bool is_ready = false;
  /// Why it is not: what the check has thrown, or that it takes too long. Empty where it is ready. It may name what is
  /// not for strangers.
  std::string error;
  /// How long it took.
  std::chrono::nanoseconds duration{0};
};

/// Whether an application is ready, and why not.
struct Readiness {
  /// What keeps it from being ready.
  enum class State : std::uint8_t {
    ready,     ///< nothing
    failing,   ///< a check
    starting,  ///< no server or test client has launched it yet, or none carries it any more
    stopping,  ///< a server that carries it has been told to stop
  };
  /// `ready`, or the first thing that keeps it from that.
  State state = State::starting;
  /// What the checks have found, in the order of their declaration, those of mounted applications last. Empty while it
  /// starts or stops: no check is called then.
  std::vector<ReadinessResult> checks;

  [[nodiscard]] bool is_ready() const noexcept { return state == State::ready; }
};

}  // namespace serval
