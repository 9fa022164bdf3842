// SPDX-License-Identifier: MIT
#include "instruments.hpp"

#include <span>

namespace quota {

Instruments::Instruments(serval::instruments::Registry& registry)
    : requests(registry.counter(
          {.name = "quota_requests_total", .help = "Finished requests", .labels = {"route", "outcome"}})),
      questions(registry.counter(
          {.name = "quota_questions_total", .help = "Questions to the service", .labels = {"outcome"}})),
      wait(registry.histogram({.name = "quota_wait_seconds", .help = "Waits for a free connection", .unit = "seconds"})
               .get()),
      connections(registry.gauge({.name = "quota_connections", .help = "Open connections to the service"}).get()),
      stops(registry.counter({.name = "quota_stops_total", .help = "Ends of the service that reports"}).get()) {}

std::vector<Count> Instruments::counts() const {
  std::vector<Count> found;
  requests.visit([&found](std::span<const std::string> labels, const serval::instruments::Counter& counter) {
    found.push_back({labels[0], labels[1], counter.value()});
  });
  return found;
}

}  // namespace quota
