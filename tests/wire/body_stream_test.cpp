// SPDX-License-Identifier: MIT
// Handlers that read bodies while they arrive, over a socket.
#include <serval/params/body_stream.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/system/system_error.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <future>
#include <optional>
#include <string>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/process.hpp"
#include "tests/wire/support/server_fixture.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::body_stream_test {

using namespace std::chrono_literals;
using testing::at_once;
using testing::body_of;
using testing::count_of;
using testing::has_line;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::RawClient;
using testing::resident_kib;
using testing::status_of;
using testing::wait;

std::string head(std::string_view path, std::string_view fields) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nhost: a\r\n" + std::string(fields) + "\r\n";
}
std::string with_length(std::string_view path, std::string_view body) { return testing::post_request(path, {}, body); }
const std::string chunked = "transfer-encoding: chunked\r\n";

/// Returns the whole body, once it has arrived.
Task<std::string> read_all(BodyStream& body) {
  std::string text;
  while (const auto piece = co_await body.next()) text.append(*piece);
  co_return text;
}
Task<std::size_t> size_of(BodyStream& body) {
  std::size_t size = 0;
  while (const auto piece = co_await body.next()) size += piece->size();
  co_return size;
}
Task<std::string> leave_unread(BodyStream&) { co_return "enough"; }

/// A server, and what its handlers tell the test.
class BodyStreamOver : public ::testing::Test {
 protected:
  BodyStreamOver() { options_.timeouts.body_idle = 10s; }

  RawClient start() {
    server_.emplace(app_, options_);
    server_->start();
    return RawClient(server_->port());
  }
  /// Sends `bytes` on a new connection and returns everything that the server sends until it closes.
  std::string exchange(std::string_view bytes) {
    if (!server_) start();
    RawClient client(server_->port());
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

// --- What a handler receives ---------------------------------------------------------------------

TEST_F(BodyStreamOver, AHandlerReadsWhileTheClientStillSends) {
  app_.post("/")([this](BodyStream& body) -> Task<std::string> {
    std::string text(*co_await body.next());
    begun_.set_value();
    while (const auto piece = co_await body.next()) text.append(*piece);
    co_return text;
  });
  RawClient client = start();
  client.send(head("/", "content-length: 4\r\n") + "ab");
  ASSERT_TRUE(comes(begun_));
  client.send("cd");
  EXPECT_EQ(body_of(client.read_answer()), "\"abcd\"");
}

TEST_F(BodyStreamOver, ChunksAreTakenOffWithTheirExtensionsAndTrailers) {
  app_.post<read_all>("/");
  RawClient client = start();
  client.send(head("/", chunked) + "3;a=b\r\nabc\r\n");
  for (const char c : std::string_view("2\r\nde\r\n0\r\nx-trailer: 1\r\n\r\n")) client.send(std::string(1, c));
  EXPECT_EQ(body_of(client.read_answer()), "\"abcde\"");
  client.send(with_length("/", "next"));
  EXPECT_EQ(body_of(client.read_answer()), "\"next\"") << "the connection stays";
}

TEST_F(BodyStreamOver, Http10HasALength) {
  app_.post<read_all>("/");
  EXPECT_EQ(body_of(exchange("POST / HTTP/1.0\r\ncontent-length: 3\r\n\r\nabc")), "\"abc\"");
}

TEST_F(BodyStreamOver, NoBodyHasNoPiece) {
  app_.post<read_all>("/");
  RawClient client = start();
  client.send("POST / HTTP/1.1\r\nhost: a\r\n\r\n" + with_length("/", ""));
  EXPECT_EQ(body_of(client.read_answer()), "\"\"");
  EXPECT_EQ(body_of(client.read_answer()), "\"\"");
}

TEST_F(BodyStreamOver, PipelinedRequestsAreServedInOrder) {
  app_.post<read_all>("/read");
  app_.post("/plain")([](const Request& request) { return std::string(request.body()); });
  app_.get("/large")([] { return plain_text(std::string(3 * 1024 * 1024, 'l')); });
  RawClient client = start();
  client.send("GET /large HTTP/1.1\r\nhost: a\r\n\r\n" + with_length("/read", "one") + with_length("/plain", "two") +
              head("/read", chunked) + "5\r\nthree\r\n0\r\n\r\n" + head("/read", "content-length: 100000\r\n"));
  client.send(std::string(100'000, 'x') + with_length("/plain", "last"));
  EXPECT_EQ(body_of(client.read_answer()), std::string(3 * 1024 * 1024, 'l'));
  EXPECT_EQ(body_of(client.read_answer()), "\"one\"");
  EXPECT_EQ(body_of(client.read_answer()), "\"two\"");
  EXPECT_EQ(body_of(client.read_answer()), "\"three\"");
  EXPECT_EQ(body_of(client.read_answer()), "\"" + std::string(100'000, 'x') + "\"");
  EXPECT_EQ(body_of(client.read_answer()), "\"last\"");
}

TEST_F(BodyStreamOver, TheHeadStaysReadableToTheEnd) {
  app_.post("/{name}")([](BodyStream& body, const Request& request, Path<std::string, "name"> name) -> Task<json> {
    const std::size_t size = co_await size_of(body);
    co_return json{{"name", name}, {"target", request.target()}, {"x", *request.header("x-mark")}, {"size", size}};
  });
  RawClient client = start();
  client.send(head("/n?q=1", "x-mark: here\r\ncontent-length: 300000\r\n") + std::string(300'000, 'z'));
  EXPECT_EQ(body_of(client.read_answer()), R"({"name":"n","target":"/n?q=1","x":"here","size":300000})");
}

TEST_F(BodyStreamOver, MayBeSentBackWhileItIsRead) {
  app_.post("/")([](BodyStream& body, StreamWriter& out) -> Task<void> {
    while (const auto piece = co_await body.next()) {
      std::string copy(*piece);
      co_await out.write(std::move(copy));
    }
  });
  RawClient client = start();
  client.send(head("/", chunked));
  for (const std::string part : {"one", "two"}) {
    client.send("3\r\n" + part + "\r\n");
    EXPECT_TRUE(client.receive_until("3\r\n" + part + "\r\n"));
  }
  client.send("0\r\n\r\n" + head("/", chunked) + "0\r\n\r\n");
  while (count_of(client.received(), "HTTP/1.1 200 OK") < 2 && client.receive()) {
  }
  EXPECT_THAT(client.received(), HasSubstr("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\nHTTP/1.1 200 OK"));
}

// --- Expect: 100-continue ------------------------------------------------------------------------

TEST_F(BodyStreamOver, ContinueIsSentWhenTheHandlerAsks) {
  std::atomic<bool> may_ask{false};
  app_.post("/")([&](BodyStream& body) -> Task<std::string> {
    begun_.set_value();
    while (!may_ask) co_await wait(1ms);
    co_return co_await read_all(body);
  });
  RawClient client = start();
  client.send(head("/", "content-length: 3\r\nexpect: 100-continue\r\n"));
  ASSERT_TRUE(comes(begun_));
  char byte = 0;
  EXPECT_EQ(::recv(client.native_handle(), &byte, 1, MSG_DONTWAIT), -1) << "nothing was sent yet";
  may_ask = true;
  EXPECT_EQ(client.read_answer(RawClient::To::head), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_EQ(body_of(client.read_answer()), "\"abc\"");
}

TEST_F(BodyStreamOver, ContinueComesBehindEarlierAnswers) {
  app_.post<read_all>("/");
  app_.get("/large")([] { return plain_text(std::string(3 * 1024 * 1024, 'l')); });
  RawClient client = start();
  client.send("GET /large HTTP/1.1\r\nhost: a\r\n\r\n" + head("/", "content-length: 3\r\nexpect: 100-continue\r\n"));
  EXPECT_EQ(body_of(client.read_answer()).size(), std::size_t{3} * 1024 * 1024);
  EXPECT_EQ(client.read_answer(RawClient::To::head), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_EQ(body_of(client.read_answer()), "\"abc\"");
}

TEST_F(BodyStreamOver, ContinueIsNotSentWherePartOfTheBodyHasCome) {
  app_.post<read_all>("/");
  RawClient client = start();
  client.send(head("/", "content-length: 3\r\nexpect: 100-continue\r\n") + "a");
  client.send("bc");
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

TEST_F(BodyStreamOver, WhoDoesNotAskSendsNoContinueAndEndsTheConnection) {
  app_.post<leave_unread>("/");
  const std::string answer = exchange(head("/", "content-length: 3\r\nexpect: 100-continue\r\n"));
  EXPECT_TRUE(has_line(answer, "connection: close"));
  EXPECT_EQ(body_of(answer), "\"enough\"");
}

TEST_F(BodyStreamOver, WhatIsLeftUnreadEndsTheConnection) {
  app_.post<leave_unread>("/");
  const std::string answer = exchange(head("/", "content-length: 1000\r\n") + std::string(999, 'x'));
  EXPECT_TRUE(has_line(answer, "connection: close"));
  EXPECT_EQ(body_of(answer), "\"enough\"");
}

TEST_F(BodyStreamOver, WhatIsLeftUnreadButHasComeDoesNotEndTheConnection) {
  app_.post<leave_unread>("/");
  RawClient client = start();
  client.send(with_length("/", "abc") + head("/", chunked) + "3\r\nabc\r\n0\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), "\"enough\"");
  EXPECT_EQ(body_of(client.read_answer()), "\"enough\"");
}

TEST_F(BodyStreamOver, AFaultOfAParameterIsAnsweredWithoutTheBody) {
  app_.post("/")([](BodyStream& body, Query<int, "n">) -> Task<std::size_t> { co_return co_await size_of(body); });
  const std::string answer = exchange(head("/?n=x", "content-length: 1000000\r\n") + std::string(1000, 'x'));
  EXPECT_EQ(status_of(answer), 422);
  EXPECT_TRUE(has_line(answer, "connection: close"));
}

TEST_F(BodyStreamOver, AHandlerThatDoesNotReadHoldsUpTheClient) {
  std::atomic<bool> may_read{false};
  app_.post("/", {.max_body_bytes = 0})([&](BodyStream& body) -> Task<std::size_t> {
    while (!may_read) co_await wait(1ms);
    co_return co_await size_of(body);
  });
  RawClient client = start();
  const std::string piece(64 * 1024, 'x');
  constexpr std::size_t total = 64 * 1024 * 1024;
  client.send(head("/", "content-length: " + std::to_string(total) + "\r\n"));
  std::size_t sent = 0;
  const timeval patience{.tv_sec = 0, .tv_usec = 100'000};
  ::setsockopt(client.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  for (ssize_t n = 1; n > 0 && sent<total; sent += n> 0 ? static_cast<std::size_t>(n) : 0) {
    n = ::send(client.native_handle(), piece.data(), std::min(piece.size(), total - sent), MSG_NOSIGNAL);
  }
  EXPECT_LT(sent, total / 2) << "what the kernel holds, and no more";
  may_read = true;
  const timeval forever{};
  ::setsockopt(client.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &forever, sizeof forever);
  for (; sent < total; sent += std::min(piece.size(), total - sent)) {
    ASSERT_TRUE(client.send(std::string_view(piece).substr(0, total - sent)));
  }
  EXPECT_EQ(body_of(client.read_answer()), std::to_string(total));
}

TEST_F(BodyStreamOver, ALargeBodyIsNotHeldInMemory) {
  std::atomic<long> resident{0};
  app_.post("/", {.max_body_bytes = 0})([&](BodyStream& body) -> Task<std::size_t> {
    const std::size_t size = co_await size_of(body);
    resident = resident_kib();
    co_return size;
  });
  RawClient client = start();
  const std::string piece(256 * 1024, 'x');
  // The first body of the process loads code and memory that must not be charged to the large body.
  client.send(head("/", "content-length: 262144\r\n") + piece);
  EXPECT_EQ(body_of(client.read_answer()), "262144");
  client.send(head("/", "content-length: 67108864\r\n"));
  const long before = resident_kib();
  for (int i = 0; i < 256; ++i) ASSERT_TRUE(client.send(piece));
  EXPECT_EQ(body_of(client.read_answer()), "67108864");
  EXPECT_LT(resident - before, 8 * 1024);
}

// --- Faults --------------------------------------------------------------------------------------

std::atomic<int> told_status{0};
struct Session {
  void on_exception(const std::exception_ptr& thrown) {
    try {
      std::rethrow_exception(thrown);
    } catch (const HttpError& error) {
      told_status = error.status();
    } catch (...) {
      told_status = -1;
    }
  }
};
Session open_session() { return {}; }

Task<std::size_t> size_in_session(BodyStream& body, Depends<open_session>) { co_return co_await size_of(body); }

TEST_F(BodyStreamOver, OneThatIsTooLargeIsRefused) {
  app_.post<size_in_session>("/", {.max_body_bytes = 4});
  told_status = 0;
  EXPECT_EQ(status_of(exchange(head("/", "content-length: 5\r\n"))), 413);
  EXPECT_EQ(told_status, 0) << "known from the head";
  const std::string answer = exchange(head("/", chunked) + "3\r\nabc\r\n2\r\n");
  EXPECT_EQ(status_of(answer), 413);
  EXPECT_EQ(body_of(answer), R"({"detail":"Request body too large"})");
  EXPECT_TRUE(has_line(answer, "connection: close"));
  EXPECT_EQ(told_status, 413);
}

TEST_F(BodyStreamOver, BrokenFramingIsRefused) {
  app_.post<size_in_session>("/");
  told_status = 0;
  const std::string answer = exchange(head("/", chunked) + "3\r\nabcX\r\n" + with_length("/", "never served"));
  EXPECT_EQ(status_of(answer), 400);
  EXPECT_TRUE(has_line(answer, "connection: close"));
  EXPECT_EQ(count_of(answer, "HTTP/1.1"), 1);
  EXPECT_EQ(told_status, 400);
}

TEST_F(BodyStreamOver, AFaultThatTheHandlerCatchesStaysOne) {
  app_.post("/")([](BodyStream& body) -> Task<std::string> {
    std::string found;
    for (int i = 0; i < 2; ++i) {
      try {
        static_cast<void>(co_await body.next());
      } catch (const HttpError& error) {
        found += std::to_string(error.status()) + " ";
      }
    }
    co_return found;
  });
  const std::string answer = exchange(head("/", chunked) + "x\r\n\r\n" + with_length("/", "never served"));
  EXPECT_EQ(body_of(answer), "\"400 400 \"");
  EXPECT_TRUE(has_line(answer, "connection: close"));
}

TEST_F(BodyStreamOver, AClientThatStopsSendingIsAnswered408) {
  app_.post<size_in_session>("/");
  options_.timeouts.body_idle = 20ms;
  told_status = 0;
  const std::string answer = exchange(head("/", "content-length: 3\r\n") + "ab");
  EXPECT_EQ(status_of(answer), 408);
  EXPECT_TRUE(has_line(answer, "connection: close"));
  EXPECT_EQ(told_status, 408);
}

TEST_F(BodyStreamOver, AClientThatSendsTooSlowlyIsAnswered408) {
  app_.post<size_of>("/");
  options_.timeouts.body_rate_window = 30ms;
  options_.timeouts.min_body_bytes_per_second = 1'000'000;
  RawClient client = start();
  client.send(head("/", "content-length: 100000\r\n"));
  for (int i = 0; i < 100'000 && client.send("x"); ++i) {  // each byte arrives well within the idle timeout
    pollfd ready{client.native_handle(), POLLIN, 0};
    if (::poll(&ready, 1, 1) > 0) break;
  }
  EXPECT_EQ(status_of(client.read_all()), 408);
}

TEST_F(BodyStreamOver, AHandlerThatTakesItsTimeIsNotTheClientsFault) {
  app_.post("/")([this](BodyStream& body) -> Task<std::size_t> {
    std::size_t size = co_await body.next() ? 1 : 0;
    begun_.set_value();
    co_await wait(100ms);
    while (const auto piece = co_await body.next()) size += piece->size();
    co_return size;
  });
  options_.timeouts.body_idle = options_.timeouts.body_rate_window = 80ms;
  options_.timeouts.min_body_bytes_per_second = 1'000'000;
  RawClient client = start();
  client.send(head("/", "content-length: 3\r\n") + "a");
  ASSERT_TRUE(comes(begun_));
  client.send("bc");
  EXPECT_EQ(body_of(client.read_answer()), "3");
}

TEST_F(BodyStreamOver, AClientThatResetsTheConnectionEndsTheWait) {
  app_.post("/")([this](BodyStream& body) { return read_to_the_end(body); });
  RawClient client = start();
  client.send(head("/", "content-length: 3\r\n") + "a");
  ASSERT_TRUE(comes(begun_));
  client.reset();
  ASSERT_TRUE(comes(ended_));
  EXPECT_EQ(ended_with_, "aborted");
}

TEST_F(BodyStreamOver, AClientThatSendsNoMoreEndsTheWait) {
  app_.post("/")([this](BodyStream& body) { return read_to_the_end(body); });
  RawClient client = start();
  client.send(head("/", "content-length: 3\r\n") + "a");
  ASSERT_TRUE(comes(begun_));
  client.half_close();
  ASSERT_TRUE(comes(ended_));
  EXPECT_EQ(ended_with_, "aborted");
  EXPECT_THAT(client.read_all(), IsEmpty());
  EXPECT_TRUE(client.closed());
}

TEST_F(BodyStreamOver, TheDeadlineOfTheHandlerHoldsWhileItWaits) {
  app_.post("/", {.deadline = 20ms})([this](BodyStream& body) { return read_to_the_end(body); });
  const std::string answer = exchange(head("/", "content-length: 3\r\n"));
  EXPECT_EQ(status_of(answer), 503);
  ASSERT_TRUE(comes(ended_));
  EXPECT_EQ(ended_with_, "aborted");
}

TEST_F(BodyStreamOver, AWaitThatIsGivenUpMayBeTakenUpAgain) {
  app_.post("/")([this](BodyStream& body) -> Task<std::string> {
    using namespace boost::asio::experimental::awaitable_operators;
    const auto first = co_await (body.next() || wait(5ms));
    begun_.set_value();
    co_await wait(50ms);
    std::string text = first.index() == 1 ? "late " : "at once ";
    co_return text + co_await read_all(body);
  });
  options_.timeouts.body_idle = 40ms;
  RawClient client = start();
  client.send(head("/", "content-length: 3\r\n"));
  ASSERT_TRUE(comes(begun_));
  client.send("abc");
  EXPECT_EQ(body_of(client.read_answer()), "\"late abc\"");
}

TEST_F(BodyStreamOver, AWaitThatIsGivenUpTakesNothing) {
  app_.post("/")([](BodyStream& body) -> Task<std::string> {
    using namespace boost::asio::experimental::awaitable_operators;
    // Both operations may be complete by now. The first one counts, and the `next` that is given up must take no piece.
    for (int i = 0; i < 3; ++i) EXPECT_EQ((co_await (at_once() || body.next())).index(), 0U);
    co_return co_await read_all(body);
  });
  const std::string pieces = "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n1\r\nd\r\n0\r\n\r\n";
  RawClient client = start();
  client.send(head("/", chunked) + pieces);
  EXPECT_EQ(body_of(client.read_answer()), "\"abcd\"");
}

TEST_F(BodyStreamOver, AServerThatStopsLetsItArrive) {
  app_.post("/")([this](BodyStream& body) -> Task<std::string> {
    std::string text(*co_await body.next());
    begun_.set_value();
    co_return text + co_await read_all(body);
  });
  RawClient client = start();
  client.send(head("/", "content-length: 3\r\n") + "a");
  ASSERT_TRUE(comes(begun_));
  server_->stop(10s);
  client.send("bc");
  EXPECT_EQ(body_of(client.read_all()), "\"abc\"");
  EXPECT_TRUE(client.closed());
}

}  // namespace serval::body_stream_test
