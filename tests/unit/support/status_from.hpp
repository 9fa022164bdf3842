// SPDX-License-Identifier: MIT
// One request on a connection of its own, for tests that need no more than the status of its answer.
#pragma once

#include <cstdint>
#include <string>

#include "tests/wire/support/client.hpp"

namespace serval::testing {

/// For the service of `EchoServer`.
inline const std::string get_echo = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

/// The status that a server on this port answers with.
[[nodiscard]] inline int status_from(std::uint16_t port, const std::string& request = get_echo) {
  RawClient client(port);
  client.send(request);
  return status_of(client.read_answer());
}

}  // namespace serval::testing
