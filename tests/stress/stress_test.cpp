// SPDX-License-Identifier: MIT
// Runs all kinds of handlers at once on an io_context that three threads run. No request is lost, and a program may end
// while requests are running. The environment variable SERVAL_STRESS_SECONDS sets the duration of each test. Default
// 0.7 s; set it to 60 for a longer test by hand.
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include <serval/compression.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include "tests/wire/support/embedding_program.hpp"
#include "tests/wire/support/web_socket_client.hpp"

namespace serval::testing::stress_test {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int context_threads = 3;
constexpr std::size_t clients_count = 6;

std::chrono::milliseconds duration() {
  const char* seconds = std::getenv("SERVAL_STRESS_SECONDS");
  return seconds != nullptr ? std::chrono::seconds{std::atoi(seconds)} : std::chrono::milliseconds{700};
}

struct Tick {
  int number;
};

Task<void> pause() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::microseconds{200});
  co_await timer.async_wait(boost::asio::use_awaitable);
}

Task<int> later() {
  co_await pause();
  co_return 7;
}

void add_routes(App& app) {
  app.use(Compression({.enabled = false}));
  app.get("/plain")([] { return 7; });
  app.get("/coroutine")([]() -> Task<int> {
    for (int i = 0; i < 3; ++i) co_await pause();
    co_return 7;
  });
  app.get("/blocking", {.blocking = true})([] { return 7; });
  app.get("/blocking-later", {.blocking = true})([](Depends<later> number) { return *number; });
  app.get("/large", {.compress = true})([] { return plain_text(std::string(300'000, 'x')); });
  app.get("/large-blocking",
          {.blocking = true, .compress = true})([] { return plain_text(std::string(300'000, 'x')); });
  app.get("/stream")([](StreamWriter& stream) -> Task<void> {
    for (int i = 0; i < 3; ++i) {
      co_await stream.write("part ");
      co_await pause();
    }
  });
  app.get("/events")([](EventSender<Tick>& events) -> Task<void> {
    for (int i = 0; i < 3; ++i) {
      co_await events.send({i});
      co_await pause();
    }
  });
  app.websocket("/socket")([](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    for (;;) {
      const std::string text = co_await socket.receive_text();
      co_await pause();
      co_await socket.send_text(text);
    }
  });
}

constexpr std::array<const char*, 8> paths{"/plain", "/coroutine",      "/blocking", "/blocking-later",
                                           "/large", "/large-blocking", "/stream",   "/events"};

std::string request_for(const std::string& path) {
  return "GET " + path + " HTTP/1.1\r\nhost: a\r\naccept-encoding: gzip\r\n\r\n";
}

/// Reads one complete response with any framing.
std::string answer_of(RawClient& client) {
  while (client.received().find("\r\n\r\n") == std::string::npos) {
    if (!client.receive()) return client.read_answer();
  }
  const bool is_chunked = has_line(client.received(), "transfer-encoding: chunked");
  while (is_chunked && !client.received().ends_with("\r\n0\r\n\r\n")) {
    if (!client.receive()) break;
  }
  return is_chunked ? client.take_received() : client.read_answer();
}

std::string describe(const std::string& path, const std::string& answer, const RawClient& client) {
  return path + (client.was_reset() ? " reset" : client.closed() ? " closed" : "") + " after: " + answer.substr(0, 200);
}

/// Opens clients that reset their connections while handlers are running or are about to run.
void go_away_amid(std::uint16_t port, const std::string& path) {
  RawClient client(port);
  client.send(request_for(path));
  WebSocketClient socket(port, "/socket");
  socket.send(Frame{.payload = "hello"});
  client.reset();
  socket.raw().reset();
}

/// Sends requests of all kinds, over one connection after the other; returns the number of correct responses.
/// `fault`: describes the first wrong response.
int ask_until(Clock::time_point end, std::uint16_t port, std::size_t seed, std::string& fault) {
  int answered = 0;
  for (std::size_t round = seed; Clock::now() < end; ++round) {
    go_away_amid(port, paths[round % paths.size()]);
    RawClient client(port);
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const std::string path = paths[(seed + i) % paths.size()];
      client.send(request_for(path));
      const std::string answer = answer_of(client);
      if (status_of(answer) != 200) {
        if (fault.empty()) fault = describe(path, answer, client);
        return answered;
      }
      ++answered;
    }
    WebSocketClient socket(port, "/socket");
    socket.send(Frame{.payload = "hello"});
    if (socket.read() != whole(op_text, "hello")) {
      if (fault.empty()) fault = "/socket after: " + socket.answer();
      return answered;
    }
    ++answered;
  }
  return answered;
}

AppOptions options_of_app() {
  AppOptions options;
  options.blocking_threads = 3;
  return options;
}

ServerOptions options_of_server() {
  ServerOptions options = test_options();
  options.threads = context_threads;
  return options;
}

TEST(Stress, EveryKindOfHandlerAnswersOnAContextOfThreeThreads) {
  EmbeddingProgram program(options_of_app());
  add_routes(program.app());
  program.start(context_threads, options_of_server());
  const auto end = Clock::now() + duration();
  std::atomic<int> answered{0};
  std::array<std::string, clients_count> faults;
  std::vector<std::thread> clients;
  for (std::size_t seed = 0; seed < clients_count; ++seed) {
    clients.emplace_back([&, seed] { answered += ask_until(end, program.server().port(), seed, faults[seed]); });
  }
  for (auto& client : clients) client.join();
  for (const std::string& fault : faults) EXPECT_EQ(fault, "");
  EXPECT_GT(answered, 0);
  RecordProperty("answered", answered);
}

/// Sends many requests and reads no response, because the program will end while they are running.
std::vector<RawClient> fill(const EmbeddingProgram& program) {
  std::vector<RawClient> clients;
  for (const char* path : paths) {
    clients.push_back(program.connect());
    clients.back().send(request_for(path) + request_for(path));
  }
  clients.push_back(program.connect());
  clients.back().send(web_socket_request("/socket", {}) + Frame{.payload = "hello"}.bytes());
  return clients;
}

TEST(Stress, AProgramMayEndAmidRequestsInEitherOrder) {
  const auto until = Clock::now() + duration();
  for (int round = 0; Clock::now() < until; ++round) {
    EmbeddingProgram program(options_of_app());
    add_routes(program.app());
    program.start(context_threads, options_of_server());
    std::vector<RawClient> clients = fill(program);
    // Each round waits until the response to a different request begins.
    (void)clients[static_cast<std::size_t>(round) % clients.size()].receive();
    if (round % 3 == 0) program.end_server();  // while the context runs
    program.end(round % 2 == 0 ? Order::context_first : Order::app_first);
  }
}

}  // namespace serval::testing::stress_test
