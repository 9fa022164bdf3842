// SPDX-License-Identifier: MIT
// The middleware of the room: it refuses requests that it can refuse without asking the service, and counts every
// request.
#pragma once

#include <optional>

#include <serval/serval.hpp>

#include "exhausted.hpp"
#include "instruments.hpp"
#include "usage.hpp"

namespace quota {

/// Refuses invalid keys, and keys whose quota is known to be used up, without asking the service. Sets the field
/// `ratelimit-remaining` of each response to the rest of the quota, or to "unknown". Charges callers for each admitted
/// request, however it ends. Lifetime: the arguments of the constructor must outlive it. Thread safety: all functions.
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
