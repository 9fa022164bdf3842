// SPDX-License-Identifier: MIT
// The address of the quota service, and limits for asking it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace quota {

/// The options of `install`.
struct Options {
  /// The numeric address of the service. Default: this machine.
  std::string host = "127.0.0.1";
  /// Its TCP port.
  std::uint16_t port = 0;
  /// The number of connections of each event loop. Default 4; 0 counts as 1.
  std::size_t connections = 4;
  /// The time for which a question waits for a free connection; then the response is 503. Default 500 ms; 0: no wait.
  std::chrono::milliseconds wait{500};
  /// The time that the service may take to answer, including connecting; then the response is 504. Default 2 s.
  std::chrono::milliseconds answer{2'000};
  /// The interval between reports of the callers' requests. Default 1 s.
  std::chrono::milliseconds report{1'000};
  /// The prefix of the route that shows the counts: `<prefix>/quota`. Default: none.
  std::string prefix;
};

}  // namespace quota
