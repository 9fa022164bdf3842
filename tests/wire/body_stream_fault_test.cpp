// SPDX-License-Identifier: MIT
// Bodies that do not arrive whole while a handler reads them: faults of the client, deadlines, waits that are given up,
// the stop of the server.
#include <poll.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>

#include "tests/wire/support/body_stream_over.hpp"
#include "tests/wire/support/client.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::body_stream_fault_test {

using namespace std::chrono_literals;
using body_stream_test::BodyStreamOver;
using body_stream_test::chunked;
using body_stream_test::head;
using body_stream_test::read_all;
using body_stream_test::size_of;
using body_stream_test::with_length;
using testing::at_once;
using testing::body_of;
using testing::count_of;
using testing::has_line;
using ::testing::IsEmpty;
using testing::RawClient;
using testing::status_of;
using testing::wait;

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

}  // namespace serval::body_stream_fault_test
