// SPDX-License-Identifier: MIT
// The middleware of the room: what needs no question is refused at once, and every request is counted.
#pragma once

#include <optional>

#include <serval/serval.hpp>

#include "exhausted.hpp"
#include "instruments.hpp"
#include "usage.hpp"

namespace quota {

/// Refuses keys that are none, and those that are known to have nothing left, without asking the service. Each answer
/// says in `ratelimit-remaining` what is left, or "unknown". Charges callers for what was admitted, however it ended.
/// Lifetime: what it refers to outlives it. Thread safety: all of it.
class Gate {
 public:
  static constexpr serval::Stage stage = serval::Stage::rate_limit;

  Gate(const Exhausted& exhausted, Usage& usage, const Instruments& instruments);

  std::optional<serval::Response> before(serval::Request& request);
  void after(const serval::Request& request, serval::Response& response);
  void finished(const serval::Request& request, const serval::Finished& how);

 private:
  const Exhausted& exhausted_;
  Usage& usage_;
  Instruments instruments_;
};

}  // namespace quota
