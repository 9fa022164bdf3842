// SPDX-License-Identifier: MIT
// What the room counts on the application's instruments.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <serval/instruments.hpp>

namespace quota {

/// Requests that ended so on a route.
struct Count {
  std::string route;
  std::string outcome;
  std::uint64_t requests = 0;
};

/// References into the application's registry. Lifetime: the application's. Thread safety: all of it.
struct Instruments {
  explicit Instruments(serval::instruments::Registry& registry);

  /// Finished requests of each route and outcome, in the order of these.
  [[nodiscard]] std::vector<Count> counts() const;

  serval::instruments::Family<serval::instruments::Counter>& requests;
  serval::instruments::Family<serval::instruments::Counter>& questions;
  serval::instruments::Histogram& wait;
  serval::instruments::Gauge& connections;
  serval::instruments::Counter& stops;  // ends of the service that reports
};

}  // namespace quota
