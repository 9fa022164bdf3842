// SPDX-License-Identifier: MIT
// Handlers that read bodies while they arrive, over a socket.
#include <serval/params/body_stream.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <string>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>

#include "tests/wire/support/body_stream_over.hpp"
#include "tests/wire/support/client.hpp"
#include "tests/wire/support/process.hpp"
#include "tests/wire/support/server_fixture.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::body_stream_test {

using namespace std::chrono_literals;
using testing::body_of;
using testing::count_of;
using testing::has_line;
using ::testing::HasSubstr;
using testing::RawClient;
using testing::resident_kib;
using testing::status_of;
using testing::wait;

Task<std::string> leave_unread(BodyStream&) { co_return "enough"; }

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
  if (!testing::memory_is_sanitized) {
    EXPECT_LT(resident - before, 8 * 1024);
  }
}

}  // namespace serval::body_stream_test
