// SPDX-License-Identifier: MIT
// How a connection goes from request to request: persistence, pipelining, bodies, the form of responses.
#include <gtest/gtest.h>

#include <string>

#include "tests/wire/support/server_fixture.hpp"

namespace serval::testing::net_connection_test {

const std::string get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(Answer, HasDateServerTypeAndLength) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send(get);
  const std::string answer = client.read_answer();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\ndate: ")) << answer;
  EXPECT_NE(
      answer.find(" GMT\r\nserver: serval\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\nGET /echo "),
      std::string::npos)
      << answer;
}

TEST(Answer, DateAndServerCanBeSwitchedOff) {
  const EchoServer server(
      [](EchoService&, ServerOptions& options) { options.date_header = options.server_header = false; });
  RawClient client = server.connect();
  client.send(get);
  EXPECT_EQ(client.read_answer(),
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\nGET /echo ");
}

TEST(Answer, ToHeadHasTheLengthAndNoBody) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n" + get);
  const std::string to_head = client.read_answer(RawClient::To::head);
  EXPECT_TRUE(has_line(to_head, "content-length: 11")) << to_head;
  EXPECT_EQ(body_of(to_head), "");
  EXPECT_EQ(body_of(client.read_answer()), "GET /echo ");
}

TEST(Answer, WithoutContentHasNoBodyAndNoLength) {
  const EchoServer server;
  for (const char* status : {"204", "304"}) {
    RawClient client = server.connect();
    client.send("GET /status/" + std::string(status) + " HTTP/1.1\r\nHost: x\r\n\r\n" + get);
    const std::string answer = client.read_answer(RawClient::To::head);
    EXPECT_EQ(std::to_string(status_of(answer)), status);
    EXPECT_EQ(answer.find("content-length"), std::string::npos) << answer;
    EXPECT_EQ(body_of(client.read_answer()), "GET /echo ");
  }
}

TEST(Answer, ResetContentHasLengthZero) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send("GET /status/205 HTTP/1.1\r\nHost: x\r\n\r\n" + get);
  EXPECT_TRUE(has_line(client.read_answer(), "content-length: 0"));
  EXPECT_EQ(body_of(client.read_answer()), "GET /echo ");
}

TEST(Answer, FramingFieldsOfAHandlerAreNotItsBusiness) {
  const EchoServer server;
  const std::string answer = server.exchange("GET /framing HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(answer.find("999"), std::string::npos) << answer;
  EXPECT_EQ(answer.find("transfer-encoding"), std::string::npos) << answer;
  EXPECT_EQ(count_of(answer, "connection: close"), 1) << answer;
}

TEST(KeepAlive, IsTheDefaultIn11) {
  const EchoServer server;
  RawClient client = server.connect();
  for (int i = 0; i < 3; ++i) {
    client.send(get);
    const std::string answer = client.read_answer();
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_EQ(answer.find("connection:"), std::string::npos) << answer;
  }
}

TEST(KeepAlive, EndsWhenTheClientAsksFor) {
  const EchoServer server;
  const std::string answer = server.exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: foo, Close\r\n\r\n" + get);
  EXPECT_EQ(count_of(answer, "HTTP/1.1 200"), 1);
  EXPECT_TRUE(has_line(answer, "connection: close"));
}

TEST(KeepAlive, Http10ClosesUnlessAskedFor) {
  const EchoServer server;
  const std::string closed = server.exchange("GET / HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(closed.starts_with("HTTP/1.1 200 OK\r\n")) << closed;
  EXPECT_TRUE(has_line(closed, "connection: close"));

  RawClient client = server.connect();
  for (int i = 0; i < 2; ++i) {
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_TRUE(has_line(client.read_answer(), "connection: keep-alive"));
  }
}

TEST(KeepAlive, EndsAfterTheMostRequests) {
  const EchoServer server([](EchoService&, ServerOptions& options) { options.max_requests_per_connection = 2; });
  const std::string answers = server.exchange(get + get + get);
  EXPECT_EQ(count_of(answers, "HTTP/1.1 200"), 2);
  EXPECT_EQ(count_of(answers, "connection: close"), 1);
}

TEST(Pipelining, IsAnsweredInOrder) {
  const EchoServer server;
  RawClient client = server.connect();
  std::string requests;
  for (int i = 0; i < 200; ++i) {
    requests += "GET /" + std::string(i % 3 == 0 ? "later" : "echo") + "?" + std::to_string(i) +
                " HTTP/1.1\r\nHost: x\r\nX-Echo: " + std::to_string(i) + "\r\n\r\n";
  }
  client.send(requests);
  for (int i = 0; i < 200; ++i) {
    const std::string answer = client.read_answer();
    const std::string number = std::to_string(i);
    EXPECT_EQ(body_of(answer), i % 3 == 0 ? "later " : "GET /echo?" + number + "  " + number);
  }
}

TEST(Pipelining, BodiesDoNotRunIntoTheNextRequest) {
  const EchoServer server;
  RawClient client = server.connect();
  const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
  const std::string chunked =
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  client.send(post + chunked + get);
  EXPECT_EQ(body_of(client.read_answer()), "POST /echo abc");
  EXPECT_EQ(body_of(client.read_answer()), "POST /echo abc");
  EXPECT_EQ(body_of(client.read_answer()), "GET /echo ");
}

TEST(Pipelining, AnswersBeforeAFaultAreDelivered) {
  const EchoServer server;
  const std::string answers = server.exchange(get + get + "BAD\r\n\r\n" + get);
  EXPECT_EQ(count_of(answers, "HTTP/1.1 200"), 2);
  EXPECT_EQ(count_of(answers, "HTTP/1.1 400"), 1);
  EXPECT_TRUE(answers.rfind("HTTP/1.1 400") > answers.rfind("HTTP/1.1 200"));
}

TEST(ExpectContinue, IsAnsweredOnceTheBodyIsWanted) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(client.read_answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hello");
  EXPECT_EQ(body_of(client.read_answer()), "POST /echo hello");
}

TEST(ExpectContinue, IsNotAnsweredWhenTheBodyIsThere) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

TEST(ExpectContinue, IsNotAnsweredForARefusedHead) {
  const EchoServer server;
  const std::string expecting = " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ";
  EXPECT_EQ(status_of(server.exchange("POST /echo" + expecting + "2000000\r\n\r\n")), 413);
  const std::string missing = server.exchange("POST /missing" + expecting + "5\r\n\r\n");
  EXPECT_EQ(status_of(missing), 404);
  EXPECT_TRUE(has_line(missing, "connection: close"));
}

TEST(ExpectContinue, IsIgnoredIn10) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send("POST /echo HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

TEST(SkippedBody, EndsTheConnectionAfterTheAnswer) {
  const EchoServer server;
  const std::string answer =
      server.exchange("POST /missing HTTP/1.1\r\nHost: x\r\nContent-Length: 36\r\n\r\n" + get + get);
  EXPECT_EQ(status_of(answer), 404);
  EXPECT_EQ(count_of(answer, "HTTP/1.1 "), 1);
}

TEST(SkippedBody, LeavesTheConnectionWhenThereIsNone) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send("GET /missing HTTP/1.1\r\nHost: x\r\n\r\n" + get);
  EXPECT_EQ(status_of(client.read_answer()), 404);
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

TEST(LargeAnswer, ArrivesWholeAndTheConnectionGoesOn) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n" + get);
  EXPECT_EQ(body_of(client.read_answer()).size(), 8U * 1024 * 1024);
  EXPECT_EQ(body_of(client.read_answer()), "GET /echo ");
}

// A large head leaves little room in the read buffer. The body goes to another buffer, and the head must not move.
TEST(LargeBody, LeavesTheViewsOfAHeadThatFillsItsBufferAlone) {
  const EchoServer server([](EchoService& service, ServerOptions& options) {
    options.limits.max_head_bytes = 64 * 1024;
    service.max_body_bytes = 0;
  });
  RawClient client = server.connect();
  const std::string echo(30'000, 'e');
  const std::string body(3'000'000, 'b');
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nX-Echo: " + echo + "\r\nContent-Length: 3000000\r\n\r\n");
  client.send(body);
  EXPECT_TRUE(body_of(client.read_answer()) == "POST /echo " + body + " " + echo);
}

TEST(LargeHead, MayExceedTheReadBufferWhereTheLimitAllows) {
  const EchoServer server([](EchoService&, ServerOptions& options) { options.limits.max_head_bytes = 0; });
  RawClient client = server.connect();
  const std::string echo(300'000, 'e');
  client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Echo: " + echo + "\r\n\r\n");
  EXPECT_TRUE(body_of(client.read_answer()) == "GET /  " + echo);
}

TEST(Exchange, IsFinishedOnceForEachAnswerAlsoForRefused) {
  EchoServer server;
  (void)server.exchange(get + "GET /background HTTP/1.1\r\nHost: x\r\n\r\n" + get + "BAD\r\n\r\n");
  server.server().stop(std::chrono::milliseconds{0});
  server.server().join();
  EXPECT_EQ(server.service().served, 3);
  EXPECT_EQ(server.service().finished, 4);
  EXPECT_EQ(server.service().background, 1);
}

}  // namespace serval::testing::net_connection_test
