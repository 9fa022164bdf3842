// SPDX-License-Identifier: MIT
// A cache over sockets: many clients that need one response at once, clients that leave, and several event loops.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <serval/compression.hpp>
#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::response_cache_test {

using namespace std::chrono_literals;
using testing::body_of;
using testing::eventually;
using testing::has_line;
using testing::RawClient;
using testing::status_of;

const std::string get_root = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

/// Counts the requests that have come to the cache.
struct Arrivals {
  std::atomic<int>* count;
  static constexpr Stage stage = Stage::rate_limit;
  void before(Request&) const { ++*count; }
};

class CacheOver : public ::testing::Test {
 protected:
  CacheOver() { app.use(Arrivals{&arrived}); }
  [[nodiscard]] std::unique_ptr<Server> start(unsigned threads = 1) {
    ServerOptions options = testing::test_options();
    options.threads = threads;
    auto server = std::make_unique<Server>(app, options);
    server->start();
    return server;
  }
  [[nodiscard]] static std::vector<std::unique_ptr<RawClient>> connect(const Server& server, int count) {
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < count; ++i) clients.push_back(std::make_unique<RawClient>(server.port()));
    return clients;
  }
  static void send_to_all(const std::vector<std::unique_ptr<RawClient>>& clients) {
    for (const auto& client : clients) client->send(get_root);
  }

  std::atomic<int> arrived{0};
  std::atomic<int> calls{0};
  App app{{.blocking_threads = 8}};
};

TEST_F(CacheOver, AnswersAgainWithAge) {
  app.use(Compression());
  app.use(Conditional());
  app.use(ResponseCache({.ttl = 1h}));
  app.get("/")([&] { return plain_text(std::string(5'000, 'a') + std::to_string(++calls)); });
  const auto server = start();
  RawClient client(server->port());
  client.send(get_root);
  const std::string first = client.read_answer();
  EXPECT_FALSE(has_line(first, "age: 0"));
  client.send(get_root);
  const std::string again = client.read_answer();
  EXPECT_EQ(status_of(again), 200);
  EXPECT_NE(again.find("\r\nage: "), std::string::npos);
  EXPECT_EQ(body_of(again), body_of(first));
  client.send("HEAD / HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_TRUE(has_line(client.read_answer(RawClient::To::head), "content-length: 5001"));
  client.send("GET / HTTP/1.1\r\nhost: a\r\naccept-encoding: gzip\r\n\r\n");
  EXPECT_TRUE(has_line(client.read_answer(), "content-encoding: gzip"));
  const std::size_t at = again.find("etag: ") + 6;
  client.send("GET / HTTP/1.1\r\nhost: a\r\nif-none-match: " + again.substr(at, again.find('\r', at) - at) +
              "\r\n\r\n");
  EXPECT_EQ(status_of(client.read_answer()), 304);
  EXPECT_EQ(calls, 1);
}

TEST_F(CacheOver, AHundredRequestsAtOnceCallTheHandlerOnce) {
  std::latch go(1);
  app.use(ResponseCache({.ttl = 1h}));
  app.get("/", {.blocking = true})([&] {
    go.wait();
    return ++calls;
  });
  const auto server = start(4);
  const auto clients = connect(*server, 100);
  send_to_all(clients);
  EXPECT_TRUE(eventually([&] { return arrived == 100; }));
  go.count_down();
  for (const auto& client : clients) EXPECT_EQ(body_of(client->read_answer()), "1");
  EXPECT_EQ(calls, 1);
}

TEST_F(CacheOver, AClientThatLeavesWhileItWaitsHoldsUpNobody) {
  std::latch go(1);
  app.use(ResponseCache({.ttl = 1h}));
  app.get("/", {.blocking = true})([&] {
    go.wait();
    return ++calls;
  });
  const auto server = start(2);
  auto clients = connect(*server, 20);
  send_to_all(clients);
  EXPECT_TRUE(eventually([&] { return arrived == 20; }));
  for (std::size_t i = 1; i < clients.size(); i += 2) clients[i]->reset();
  go.count_down();
  for (std::size_t i = 0; i < clients.size(); i += 2) EXPECT_EQ(body_of(clients[i]->read_answer()), "1");
  RawClient later(server->port());
  later.send(get_root);
  EXPECT_EQ(body_of(later.read_answer()), "1");
}

TEST_F(CacheOver, TheNextOneCallsTheHandlerIfTheClientOfTheFirstLeaves) {
  std::atomic<bool> is_held{true};
  app.use(ResponseCache({.ttl = 1h}));
  app.get("/")([&]() -> Task<int> {
    const int call = ++calls;
    while (is_held && call == 1) co_await testing::wait(1ms);
    co_return call;
  });
  const auto server = start();
  RawClient first(server->port());
  first.send(get_root);
  EXPECT_TRUE(eventually([&] { return calls == 1; }));
  const auto others = connect(*server, 10);
  send_to_all(others);
  EXPECT_TRUE(eventually([&] { return arrived == 11; }));
  first.reset();
  for (const auto& other : others) EXPECT_EQ(body_of(other->read_answer()), "2");
  EXPECT_EQ(calls, 2);
}

TEST_F(CacheOver, TheNextOneCallsTheHandlerIfTheFirstFails) {
  std::latch go(1);
  app.use(ResponseCache({.ttl = 1h}));
  app.get("/", {.blocking = true})([&] {
    const int call = ++calls;
    if (call == 1) go.wait();
    if (call <= 2) throw Unavailable();
    return call;
  });
  const auto server = start(2);
  const auto clients = connect(*server, 10);
  send_to_all(clients);
  EXPECT_TRUE(eventually([&] { return arrived == 10; }));
  go.count_down();
  int failed = 0;
  for (const auto& client : clients) {
    const std::string answer = client->read_answer();
    if (status_of(answer) == 503)
      ++failed;
    else
      EXPECT_EQ(body_of(answer), "3");
  }
  EXPECT_EQ(failed, 2);
  EXPECT_EQ(calls, 3);
}

TEST_F(CacheOver, RequestsForResponsesThatAreNotKeptDoNotWaitInARow) {
  std::latch go(1), all(3);
  app.use(ResponseCache({.ttl = 1h}));
  app.get("/", {.blocking = true})([&](Response& response) {
    response.headers().set("cache-control", "private");
    if (++calls == 1) {
      go.wait();
    } else {
      all.arrive_and_wait();  // the others run at the same time
    }
    return 1;
  });
  const auto server = start(2);
  const auto clients = connect(*server, 4);
  send_to_all(clients);
  EXPECT_TRUE(eventually([&] { return arrived == 4; }));
  go.count_down();
  for (const auto& client : clients) EXPECT_EQ(status_of(client->read_answer()), 200);
}

TEST_F(CacheOver, ARequestWaitsNoLongerThanItMay) {
  std::latch go(1);
  app.use(ResponseCache({.ttl = 1h, .wait = 1ms}));
  app.get("/")([&]() -> Task<int> {
    const int call = ++calls;
    while (call == 1 && !go.try_wait()) co_await testing::wait(1ms);
    co_return call;
  });
  const auto server = start();
  RawClient first(server->port());
  first.send(get_root);
  EXPECT_TRUE(eventually([&] { return calls == 1; }));
  RawClient second(server->port());
  second.send(get_root);
  EXPECT_EQ(body_of(second.read_answer()), "2");
  go.count_down();
  EXPECT_EQ(body_of(first.read_answer()), "1");
}

TEST_F(CacheOver, IsRightUnderLoadOfSeveralLoops) {
  app.use(ResponseCache({.ttl = 1ms, .bytes = 100'000}));
  app.get("/{id}")([&](Path<int, "id"> id) { return plain_text("item " + std::to_string(*id)); });
  app.post("/{id}")([&](Path<int, "id">) {});
  const auto server = start(4);
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      RawClient client(server->port());
      for (int i = 0; i < 500; ++i) {
        const std::string id = std::to_string((i * 7 + t) % 11);
        client.send((i % 50 == 0 ? "POST /" : "GET /") + id + " HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n");
        const std::string answer = client.read_answer();
        if (status_of(answer) != 200 || (i % 50 != 0 && body_of(answer) != "item " + id)) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace serval::response_cache_test
