// SPDX-License-Identifier: MIT
// Sends one request on its own connection, for tests that need only the status of the response.
#pragma once

#include <cstdint>
#include <string>

#include "tests/wire/support/client.hpp"

namespace serval::testing {

/// A request that `EchoService` answers.
inline const std::string get_echo = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

/// Returns the status of the response that a server on this port sends.
[[nodiscard]] inline int status_from(std::uint16_t port, const std::string& request = get_echo) {
  RawClient client(port);
  client.send(request);
  return status_of(client.read_answer());
}

}  // namespace serval::testing
