// SPDX-License-Identifier: MIT
// The application's instruments with which the room counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <serval/instruments.hpp>

namespace quota {

/// The number of requests of a route that ended with this outcome.
struct Count {
  std::string route;
  std::string outcome;
  std::uint64_t requests = 0;
};

/// References to instruments in the application's registry. Lifetime: the application must outlive it. Thread safety:
/// all functions.
struct Instruments {
  explicit Instruments(serval::instruments::Registry& registry);

  /// Returns the number of finished requests for each route and outcome, ordered by both.
  [[nodiscard]] std::vector<Count> counts() const;

  serval::instruments::Family<serval::instruments::Counter>& requests;
  serval::instruments::Family<serval::instruments::Counter>& questions;
  serval::instruments::Histogram& wait;
  serval::instruments::Gauge& connections;
  serval::instruments::Counter& stops;  // how often the reporting service has ended
};

}  // namespace quota
