// SPDX-License-Identifier: MIT
// A session at every point of a conversation: input that arrives in part, arrives late, or fails. Nothing leaks or
// hangs, and no request gets two responses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/unit/support/scripted_session.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::testing::session_script_test {

using namespace std::chrono_literals;
using ::testing::StartsWith;

/// The number of dependency values that exist.
int alive = 0;
struct Value {
  Value() { ++alive; }
  Value(Value&&) noexcept { ++alive; }
  ~Value() { --alive; }
};
Value make_value() { return {}; }

Task<void> turn() { co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable); }

/// An application with handlers of all kinds, which counts the requests that have finished.
class Program {
 public:
  Program() {
    app.use(Counter{*this});
    app.get("/plain")([](const Depends<make_value>&) { return plain_text("plain"); });
    app.get("/task")([](const Depends<make_value>&) -> Task<std::string> {
      co_await turn();
      co_await turn();
      co_return "task";
    });
    app.get("/never")([](const Depends<make_value>&) -> Task<void> {
      boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::hours(24));
      co_await timer.async_wait(boost::asio::use_awaitable);
    });
    app.post("/echo")([](const Depends<make_value>&, const json& body) { return body; });
    app.post("/upload")([](BodyStream& body) -> Task<std::string> {
      std::size_t bytes = 0;
      while (const auto piece = co_await body.next()) bytes += piece->size();
      co_return std::to_string(bytes);
    });
    app.get("/parts")([](const Depends<make_value>&, StreamWriter& out) -> Task<void> {
      for (int i = 0; i < 3; ++i) {
        co_await out.write("part");
        co_await turn();
      }
    });
    app.get("/file")([this] { return FileResponse(file_); });
    app.get("/large")([] { return plain_text(std::string(200'000, 'x')); });
    app.websocket("/socket")([](WebSocket& socket) -> Task<void> {
      co_await socket.accept();
      for (;;) co_await socket.send_text(co_await socket.receive_text());
    });
    settings.date_header = false;
    settings.logger = log.logger();
    settings.linger = 2s;
    settings.stop_grace = 500ms;
  }

  MemoryLog log;
  TemporaryFolder folder;
  App app{{.logger = log.logger()}};
  detail::Settings settings{};
  std::size_t finished = 0;

 private:
  struct Counter {
    Program& program;
    void finished(const Request&, const Finished&) const { ++program.finished; }
  };
  const std::string file_ = folder.write("file", std::string(100'000, 'f'));
};

struct Conversation {
  std::string name;
  std::vector<std::string> input;  // each piece arrives once the one before it was read
  std::size_t answers;             // the number of heads with a final status
  friend std::ostream& operator<<(std::ostream& out, const Conversation& conversation) {
    return out << conversation.name;
  }
};

std::string get(const std::string& path) { return "GET " + path + " HTTP/1.1\r\nhost: a\r\n\r\n"; }
std::string post(const std::string& path, const std::string& fields, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nhost: a\r\n" + fields + "\r\n" + body;
}
const std::string json_fields = "content-type: application/json\r\ncontent-length: 9\r\n";
const std::string json_body = R"({"a":"b"})";
const std::string chunked = "content-type: application/json\r\ntransfer-encoding: chunked\r\n";
const std::string handshake =
    "GET /socket HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
// Frames with a mask of zeros: a text, a ping, a close with code 1000.
const std::string frames = std::string("\x81\x82\0\0\0\0hi", 8) + std::string("\x89\x80\0\0\0\0", 6) +
                           std::string("\x88\x82\0\0\0\0\x03\xe8", 8);

const Conversation conversations[] = {
    {"plain", {get("/plain")}, 1},
    {"three", {get("/plain") + get("/task") + get("/plain")}, 3},
    {"missing", {get("/missing") + get("/plain")}, 2},
    {"garbage", {"BAD\r\n\r\n"}, 1},
    {"bad_length", {post("/echo", "content-length: x\r\n", json_body) + get("/plain")}, 1},
    {"too_large", {post("/echo", "content-length: 999999999\r\n", json_body)}, 1},
    {"task", {get("/task") + get("/task")}, 2},
    {"body", {post("/echo", json_fields, json_body) + get("/plain")}, 2},
    {"chunks", {post("/echo", chunked, "4\r\n{\"a\"\r\n5\r\n:\"b\"}\r\n0\r\n\r\n") + get("/plain")}, 2},
    {"bad_chunks", {post("/echo", chunked, "x\r\n")}, 1},
    {"continue", {post("/echo", json_fields + "expect: 100-continue\r\n", json_body)}, 1},
    {"upload", {post("/upload", "content-length: 9\r\n", json_body) + get("/plain")}, 2},
    {"parts", {get("/parts") + get("/plain")}, 2},
    {"file", {get("/file") + get("/plain")}, 2},
    {"large", {get("/large") + get("/plain")}, 2},
    {"socket", {handshake, frames}, 1},
    {"refused_socket",
     {get("/plain") + "GET /plain HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
                      "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"},
     2},
};

/// Returns the part of the output that does not depend on how the input is cut.
std::string essence(const std::string& conversation, std::string output) {
  // The error names the first fault of the request line that the server finds, and that depends on the cut.
  if (conversation == "garbage") return output.substr(0, output.find('\r'));
  // A pong may overtake a message.
  if (conversation == "socket") return output.substr(0, output.find("\r\n\r\n")) + output.substr(output.size() - 4);
  // The server asks for a body only if none of it has arrived.
  const std::string asked = "HTTP/1.1 100 Continue\r\n\r\n";
  if (output.starts_with(asked)) output.erase(0, asked.size());
  return output;
}

std::size_t answers_in(const std::string& output) {
  std::size_t count = 0;
  for (std::size_t at = output.find("HTTP/1.1 "); at != std::string::npos; at = output.find("HTTP/1.1 ", at + 1)) {
    if (output.compare(at + 9, 3, "100") != 0) ++count;
  }
  return count;
}

class SessionScript : public ::testing::TestWithParam<Conversation> {
 protected:
  /// Plays a script to its end and returns what the session sent.
  std::string play(Script script, const std::string& where) {
    const std::size_t finished_before = program_.finished;
    ScriptedSession session(program_.app, std::move(script), program_.settings);
    EXPECT_TRUE(session.settle()) << where << " goes on for ever";
    // Every wait for a silent peer is bounded in time.
    for (int hour = 0; hour < 3 && !session.is_over(); ++hour) {
      session.pass(1h);
      EXPECT_TRUE(session.settle()) << where << " goes on for ever";
    }
    EXPECT_TRUE(session.is_over()) << where << " hangs";
    EXPECT_TRUE(session.record.is_closed && !session.record.is_there) << where << " keeps its transport";
    EXPECT_EQ(session.record.after_close, 0U) << where << " uses a transport that is closed";
    EXPECT_EQ(session.counters().requests_in_flight.value(), 0U) << where;
    EXPECT_EQ(program_.finished - finished_before, session.counters().requests.value()) << where;
    EXPECT_LE(answers_in(session.record.output), GetParam().answers) << where << " is answered twice";
    EXPECT_EQ(alive, 0) << where << " leaks";
    operations_ = session.record.operations;
    return session.record.output;
  }
  std::string play(Script script) { return play(std::move(script), "it"); }
  Script whole() const { return {.input = GetParam().input}; }
  /// Returns the input up to `place`, counted over all pieces; with `follows`, the rest comes as further pieces.
  enum class Rest { none, follows };
  std::vector<std::string> cut_at(std::size_t place, Rest rest) const {
    std::vector<std::string> pieces;
    for (const std::string& piece : GetParam().input) {
      const std::size_t here = std::min(place, piece.size());
      if (here != 0) pieces.push_back(piece.substr(0, here));
      if (here != piece.size() && rest == Rest::follows) pieces.push_back(piece.substr(here));
      place -= here;
      if (here != piece.size() && rest == Rest::none) break;
    }
    return pieces;
  }
  std::size_t input_size() const {
    std::size_t size = 0;
    for (const std::string& piece : GetParam().input) size += piece.size();
    return size;
  }
  bool is_web_socket() const { return GetParam().name == "socket"; }

  Program program_;
  std::vector<std::string> operations_;
};

TEST_P(SessionScript, AnswersEachRequestOnce) { EXPECT_EQ(answers_in(play(whole())), GetParam().answers); }

TEST_P(SessionScript, AnswersTheSameWhateverComesAtATime) {
  const std::string output = essence(GetParam().name, play(whole()));
  const auto same = [&](Script script, const std::string& how) {
    const std::string other = play(std::move(script), how);
    EXPECT_EQ(answers_in(other), GetParam().answers) << how;
    EXPECT_EQ(essence(GetParam().name, other), output) << how;
  };
  same({.input = GetParam().input, .most_read = 1}, "a byte at a time");
  same({.input = GetParam().input, .most_written = 1}, "a byte taken at a time");
  same({.input = GetParam().input, .is_slow = true}, "a slow transport");
  same({.input = GetParam().input, .most_read = 7, .most_written = 3, .is_slow = true}, "all of it");
  for (std::size_t at = 1; at < input_size(); ++at)
    same({.input = cut_at(at, Rest::follows)}, "split at " + std::to_string(at));
}

TEST_P(SessionScript, EndsWherePeersGoAtAnyPoint) {
  for (std::size_t at = 0; at < input_size(); ++at) {
    for (const bool stays : {false, true}) {
      play({.input = cut_at(at, Rest::none), .stays = stays}, (stays ? "silence at " : "end at ") + std::to_string(at));
    }
  }
}

TEST_P(SessionScript, EndsWhereAnOperationFails) {
  const std::string output = play(whole());
  for (const bool fails_on : {false, true}) {
    for (const bool is_slow : {false, true}) {
      Script script{.input = GetParam().input, .most_written = 5'000, .is_slow = is_slow, .fails_on = fails_on};
      play(script, "without a fault");
      const std::vector<std::string> operations = operations_;
      for (script.failing = 1; script.failing <= operations.size() && script.failing <= 300; ++script.failing) {
        const std::string where = (fails_on ? "all from " : "") + operations[script.failing - 1] + " " +
                                  std::to_string(script.failing) + (is_slow ? ", slow," : "");
        const std::string sent = play(script, where);
        if (!is_web_socket()) {
          EXPECT_TRUE(output.starts_with(sent)) << where << " sends something else";
        }
      }
    }
  }
}

TEST_P(SessionScript, BeginsAfterTheHandshakeOfItsTransport) {
  using Step = detail::Transport::Handshake;
  const std::string output = essence(GetParam().name, play(whole()));
  Script script = whole();
  script.handshake = {Step::needs_output, Step::needs_input, Step::needs_output};
  EXPECT_EQ(essence(GetParam().name, play(script, "after a handshake")), output);
  script.handshake.back() = Step::failed;
  EXPECT_EQ(play(script, "after a handshake that failed"), "");
}

INSTANTIATE_TEST_SUITE_P(Over, SessionScript, ::testing::ValuesIn(conversations),
                         [](const auto& each) { return each.param.name; });

// --- deadlines, by the test's clock -------------------------------------------------------------

class SessionClock : public ::testing::Test {
 protected:
  /// The peer sends `input` and keeps the connection open.
  ScriptedSession& start(std::string input) { return start(Script{.input = {std::move(input)}, .stays = true}); }
  ScriptedSession& start(Script script) {
    session_.emplace(program_.app, std::move(script), program_.settings);
    EXPECT_TRUE(session_->settle());
    return *session_;
  }
  void pass(std::chrono::milliseconds time) {
    session_->pass(time);
    EXPECT_TRUE(session_->settle());
  }
  const std::string& output() const { return session_->record.output; }

  Program program_;
  std::optional<ScriptedSession> session_;
};

TEST_F(SessionClock, GivesAHeadItsTime) {
  start("GET / HT");
  pass(9'999ms);
  EXPECT_EQ(output(), "");
  pass(1ms);
  EXPECT_THAT(output(), StartsWith("HTTP/1.1 408 "));
  pass(2s);  // meanwhile the session reads the peer's last bytes
  EXPECT_TRUE(session_->is_over());
}

TEST_F(SessionClock, GivesAHandshakeItsTime) {
  start(Script{.handshake = {detail::Transport::Handshake::needs_input}, .stays = true});
  pass(9'999ms);
  EXPECT_FALSE(session_->is_over());
  pass(1ms);
  EXPECT_TRUE(session_->is_over());
  EXPECT_EQ(output(), "");
}

TEST_F(SessionClock, KeepsAnIdleConnectionForAWhile) {
  start(get("/plain"));
  pass(59'999ms);
  EXPECT_FALSE(session_->is_over());
  pass(1ms);
  EXPECT_TRUE(session_->is_over());
  EXPECT_EQ(answers_in(output()), 1U);
}

TEST_F(SessionClock, GivesABodyItsTime) {
  program_.settings.timeouts.min_body_bytes_per_second = 0;
  start(post("/echo", json_fields, "{"));
  pass(29'999ms);
  EXPECT_EQ(output(), "");
  pass(1ms);
  EXPECT_THAT(output(), StartsWith("HTTP/1.1 408 "));
}

TEST_F(SessionClock, CutsAPeerThatTakesNothing) {
  program_.settings.timeouts.write = 5s;
  start(Script{.input = {get("/missing") + get("/task")}, .most_written = 0, .stays = true});
  pass(4'999ms);
  EXPECT_FALSE(session_->is_over());
  pass(1ms);
  EXPECT_TRUE(session_->is_over());
  EXPECT_TRUE(session_->record.was_reset);
  EXPECT_EQ(program_.finished, 2U);
}

TEST_F(SessionClock, CancelsAHandlerAtItsDeadline) {
  program_.settings.timeouts.handler = 5s;
  start(get("/never"));
  EXPECT_EQ(alive, 1);
  pass(4'999ms);
  EXPECT_EQ(output(), "");
  pass(1ms);
  EXPECT_THAT(output(), StartsWith("HTTP/1.1 503 "));
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(program_.finished, 1U);
}

TEST_F(SessionClock, EndsAnIdleConnectionSoonAfterTheServerHasBegunToStop) {
  start(get("/plain"));
  session_->drain(8s);
  EXPECT_TRUE(session_->settle());
  EXPECT_FALSE(session_->is_over()) << "its next request may be on the way";
  pass(500ms);
  EXPECT_TRUE(session_->is_over());
}

TEST_F(SessionClock, CutsAHandlerAtTheDeadlineOfTheStop) {
  start(get("/never"));
  session_->drain(8s);
  pass(7'999ms);
  EXPECT_FALSE(session_->is_over());
  pass(1ms);
  EXPECT_TRUE(session_->is_over());
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(output(), "");
}

}  // namespace serval::testing::session_script_test
