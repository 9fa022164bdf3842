// SPDX-License-Identifier: MIT
// Sends one request over a socket, for tests that need only the response.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <serval/handler/service.hpp>
#include <serval/server/server.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"

namespace serval::testing {

/// Sends these bytes to a server and returns everything that it sends until it closes.
[[nodiscard]] inline std::string exchange_bytes(std::uint16_t port, std::string_view bytes) {
  RawClient client(port);
  client.send(bytes);
  return client.read_all();
}

/// The same to an application, for which a server runs during this call.
[[nodiscard]] inline std::string exchange_bytes(const http::Service& service, std::string_view bytes) {
  Server server(service, test_options());
  server.start();
  return exchange_bytes(server.port(), bytes);
}

/// The same for a request, "GET /x", with further fields, each of which ends in CR LF. `to`: a port or an application.
template <class To>
[[nodiscard]] std::string exchange(const To& to, const std::string& method_and_target, const std::string& fields = {},
                                   const std::string& body = {}) {
  return exchange_bytes(to,
                        method_and_target + " HTTP/1.1\r\nhost: a\r\nconnection: close\r\n" + fields + "\r\n" + body);
}

/// The same for a POST with this body.
[[nodiscard]] inline std::string post(const http::Service& service, std::string_view path, std::string_view fields,
                                      std::string_view body) {
  return exchange_bytes(service, post_request(path, "connection: close\r\n" + std::string(fields), body));
}

}  // namespace serval::testing
