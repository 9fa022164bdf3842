// SPDX-License-Identifier: MIT
// Where the service of quotas is, and how hard it may be asked.
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
  /// Connections of each event loop. Default 4; 0 counts as 1.
  std::size_t connections = 4;
  /// How long a question waits for a free connection; then the request is answered 503. Default 500 ms; 0: not at all.
  std::chrono::milliseconds wait{500};
  /// How long the service may take to answer, connecting included; then the request is answered 504. Default 2 s.
  std::chrono::milliseconds answer{2'000};
  /// How often the requests of callers are reported. Default 1 s.
  std::chrono::milliseconds report{1'000};
  /// Where the route that shows the counts stands: `<prefix>/quota`. Default: at the top.
  std::string prefix;
};

}  // namespace quota
