// SPDX-License-Identifier: MIT
// The test client's connection: passes one request through a service like a connection, without a socket.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <serval/testing/test_client.hpp>

#include "testing/test_body.hpp"
#include "testing/test_url.hpp"

namespace serval::detail {

class TestAnswerParts;
class TestHost;
class TestLoop;
class TestStreamSession;
class TestWebSocketSession;

/// Why a connection refuses a request. Status 0: it does not.
struct TestRefusal {
  int status = 0;
  std::string_view why{};
};

/// One request as on the wire.
struct TestMessage {
  std::string method;
  TestUrl url;
  http::Headers headers;
  std::string body;
  std::vector<std::string> chunks;  // instead of `body`
  std::size_t stop_stream_after = 0;

  void add_default(std::string_view name, std::string_view value) {
    if (!headers.contains(name)) headers.add(name, value);
  }
};

class TestTransport {
 public:
  TestTransport(const http::Service& service, const TestClientOptions& options);
  ~TestTransport();

  /// Must be called before the first request. Errors: SetupError if the service cannot serve; exceptions of its start
  /// functions.
  void start();
  /// Returns the response after the background work of the request has ended.
  TestResponse send(const TestMessage& message);
  /// Sends a request whose response is read while its handler runs. The session may outlive the transport, but not the
  /// service.
  std::shared_ptr<TestStreamSession> open(TestMessage message);
  /// Sends a WebSocket handshake. The session may outlive the transport, but not the service.
  std::shared_ptr<TestWebSocketSession> connect(TestMessage message);

 private:
  [[nodiscard]] TestRefusal begin(http::Exchange& exchange, const TestMessage& message) const;
  void leave(http::Exchange& exchange);
  http::Ending answer(http::Exchange& exchange, TestBodySource& body, const TestAnswerParts& parts);

  const http::Service& service_;
  const TestClientOptions& options_;
  const std::shared_ptr<TestLoop> loop_;
  const std::shared_ptr<TestHost> host_;
};

}  // namespace serval::detail
