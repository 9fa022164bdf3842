// SPDX-License-Identifier: MIT
// Sends one request to an application over a socket, for tests that need only the response.
#pragma once

#include <string>
#include <string_view>

#include <serval/handler/service.hpp>
#include <serval/server/server.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"

namespace serval::testing {

/// Sends these bytes and returns everything that the server sends until it closes. The server runs for this call only.
[[nodiscard]] inline std::string exchange_bytes(const http::Service& service, std::string_view bytes) {
  Server server(service, test_options());
  server.start();
  RawClient client(server.port());
  client.send(bytes);
  return client.read_all();
}

/// The same for a request without a body: "GET /x", and further fields, each of which ends in CR LF.
[[nodiscard]] inline std::string exchange(const http::Service& service, const std::string& method_and_target,
                                          const std::string& fields = {}) {
  return exchange_bytes(service, method_and_target + " HTTP/1.1\r\nhost: a\r\nconnection: close\r\n" + fields + "\r\n");
}

/// The same for a POST with this body.
[[nodiscard]] inline std::string post(const http::Service& service, std::string_view path, std::string_view fields,
                                      std::string_view body) {
  return exchange_bytes(service, post_request(path, "connection: close\r\n" + std::string(fields), body));
}

}  // namespace serval::testing
