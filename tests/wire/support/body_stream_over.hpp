// SPDX-License-Identifier: MIT
// A server over a socket whose handlers read bodies while they arrive.
#pragma once

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <string_view>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/server_fixture.hpp"

namespace serval::body_stream_test {

using namespace std::chrono_literals;

inline std::string head(std::string_view path, std::string_view fields) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nhost: a\r\n" + std::string(fields) + "\r\n";
}
inline std::string with_length(std::string_view path, std::string_view body) {
  return testing::post_request(path, {}, body);
}
inline const std::string chunked = "transfer-encoding: chunked\r\n";

/// Returns the whole body, once it has arrived.
inline Task<std::string> read_all(BodyStream& body) {
  std::string text;
  while (const auto piece = co_await body.next()) text.append(*piece);
  co_return text;
}
inline Task<std::size_t> size_of(BodyStream& body) {
  std::size_t size = 0;
  while (const auto piece = co_await body.next()) size += piece->size();
  co_return size;
}

/// A server, and what its handlers tell the test.
class BodyStreamOver : public ::testing::Test {
 protected:
  BodyStreamOver() { options_.timeouts.body_idle = 10s; }

  testing::RawClient start() {
    server_.emplace(app_, options_);
    server_->start();
    return testing::RawClient(server_->port());
  }
  /// Sends `bytes` on a new connection and returns everything that the server sends until it closes.
  std::string exchange(std::string_view bytes) {
    if (!server_) start();
    testing::RawClient client(server_->port());
    client.send(bytes);
    return client.read_all();
  }
  static bool comes(std::promise<void>& event) { return event.get_future().wait_for(10s) == std::future_status::ready; }
  /// Records how the wait for a piece ended.
  Task<void> read_to_the_end(BodyStream& body) {
    try {
      while (co_await body.next()) begun_.set_value();
      ended_with_ = "whole";
    } catch (const HttpError& error) {
      ended_with_ = error.what();
    } catch (const boost::system::system_error& error) {
      ended_with_ = error.code() == boost::asio::error::operation_aborted ? "aborted" : error.what();
    }
    ended_.set_value();
  }

  App app_;
  ServerOptions options_ = testing::test_options();
  std::promise<void> begun_;
  std::promise<void> ended_;
  std::string ended_with_;  // valid once `ended_` is ready
  std::optional<Server> server_;
};

}  // namespace serval::body_stream_test
