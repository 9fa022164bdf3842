// SPDX-License-Identifier: MIT
// Joins a host and a port to an authority.
#pragma once

#include <cstdint>
#include <string>

namespace serval::detail {

/// "127.0.0.1:8000", "[::1]:8000" (RFC 3986 section 3.2.2).
[[nodiscard]] inline std::string host_and_port(const std::string& host, std::uint16_t port) {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return (is_ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

}  // namespace serval::detail
