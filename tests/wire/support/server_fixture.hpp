// SPDX-License-Identifier: MIT
// A running server with the echo service, for wire tests.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"

namespace serval::testing {

/// The constructor calls `set_up`, which may change the service and the options, and starts the server.
class EchoServer {
 public:
  using SetUp = std::function<void(EchoService&, ServerOptions&)>;
  explicit EchoServer(const SetUp& set_up = {}) : server_(service_, options_for(set_up, service_)) { server_.start(); }

  [[nodiscard]] EchoService& service() noexcept { return service_; }
  [[nodiscard]] Server& server() noexcept { return server_; }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] RawClient connect() const { return RawClient(port()); }
  /// Sends `bytes` on a new connection and returns everything that the server sends until it closes.
  [[nodiscard]] std::string exchange(std::string_view bytes) const {
    RawClient client = connect();
    client.send(bytes);
    return client.read_all();
  }

 private:
  static ServerOptions options_for(const SetUp& set_up, EchoService& service) {
    ServerOptions options = test_options();
    if (set_up) set_up(service, options);
    return options;
  }

  EchoService service_;
  Server server_;
};

/// Returns how many times a text occurs.
[[nodiscard]] inline int count_of(std::string_view text, std::string_view part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace serval::testing
