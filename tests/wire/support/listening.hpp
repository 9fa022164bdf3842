// SPDX-License-Identifier: MIT
// Shared parts of the tests of listeners.
#pragma once

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <serval/serval.hpp>
#include <serval/server.hpp>

#include "tests/unit/support/temporary_folder.hpp"
#include "tests/wire/support/client.hpp"
#include "tests/wire/support/exchange.hpp"

namespace serval::testing {

inline const std::string get_root = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

inline ServerOptions options_for(std::vector<ListenerOptions> listeners) {
  ServerOptions options = test_options();
  options.listeners = std::move(listeners);
  return options;
}

inline ListenerOptions unix_listener(std::string path) {
  ListenerOptions listener;
  listener.unix_socket = std::move(path);
  return listener;
}

/// An application that returns the address of its client, and a path for a Unix socket.
class ListeningTest : public ::testing::Test {
 protected:
  ListeningTest() {
    app_.get("/")([](const Request& request) { return plain_text("client " + request.client().host); });
  }
  /// Returns the body of the response to GET / over this connection.
  static std::string ask(RawClient client) {
    client.send(get_root);
    const std::string answer = client.read_answer();
    return answer.substr(std::min(answer.find("\r\n\r\n"), answer.size() - 4) + 4);
  }
  static std::string error_of(Server& server) {
    try {
      server.start();
    } catch (const std::system_error& error) {
      return error.what();
    }
    return {};
  }
  /// Creates a Unix socket that listens. After it is closed, its file remains.
  static int listen_at(const std::string& path) {
    const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(made, 1), 0);
    return made;
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.path("socket");
  App app_;
};

}  // namespace serval::testing
