// SPDX-License-Identifier: MIT
// Idempotency keys over sockets: requests at the same time, and clients that leave before they have their response.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/held_store.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::idempotency_test {

using namespace std::chrono_literals;
using testing::body_of;
using testing::eventually;
using testing::has_line;
using testing::RawClient;
using testing::status_of;

std::string post(const std::string& path, const std::string& key, const std::string& body = "a") {
  return "POST " + path + " HTTP/1.1\r\nhost: a\r\nidempotency-key: " + key +
         "\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

class KeysOver : public ::testing::Test {
 protected:
  void start(unsigned threads = 2) {
    ServerOptions options = testing::test_options();
    options.threads = threads;
    server = std::make_unique<Server>(app, options);
    server->start();
  }
  [[nodiscard]] std::string send(const std::string& request) const {
    RawClient client(server->port());
    client.send(request);
    return client.read_answer();
  }

  /// The client leaves while the handler runs.
  void send_and_leave(const std::string& request) {
    RawClient client(server->port());
    client.send(request);
    EXPECT_TRUE(eventually([&] { return calls == 1; }));
    client.reset();
  }

  std::atomic<int> calls{0};
  App app{{.blocking_threads = 4}};
  std::unique_ptr<Server> server;  // stopped first
};

TEST_F(KeysOver, ARepeatedRequestGetsTheFirstResponse) {
  app.use(Idempotency({.required = true}));
  app.post("/pay", {.status_code = 201})([&] { return ++calls; });
  start();
  EXPECT_EQ(status_of(send("POST /pay HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n")), 400);
  EXPECT_EQ(status_of(send(post("/pay", "\"k 1\""))), 400);
  const std::string first = send(post("/pay", "\"k1\""));
  EXPECT_EQ(status_of(first), 201);
  EXPECT_EQ(first.find("idempotency-replayed"), std::string::npos);
  const std::string again = send(post("/pay", "k1"));
  EXPECT_EQ(status_of(again), 201);
  EXPECT_TRUE(has_line(again, "idempotency-replayed: true"));
  EXPECT_EQ(body_of(again), "1");
  EXPECT_EQ(status_of(send(post("/pay", "k1", "b"))), 422);
}

TEST_F(KeysOver, OfRequestsAtTheSameTimeOneIsProcessed) {
  std::latch go(1);
  app.use(Idempotency());
  app.post("/pay", {.blocking = true})([&] {
    ++calls;
    go.wait();
    return calls.load();
  });
  start();
  RawClient first(server->port());
  first.send(post("/pay", "k"));
  EXPECT_TRUE(eventually([&] { return calls == 1; }));
  const std::string early = send(post("/pay", "k"));
  EXPECT_EQ(status_of(early), 409);
  EXPECT_TRUE(has_line(early, "retry-after: 1"));
  go.count_down();
  EXPECT_EQ(body_of(first.read_answer()), "1");
  EXPECT_EQ(body_of(send(post("/pay", "k"))), "1");
  EXPECT_EQ(calls, 1);
}

TEST_F(KeysOver, FourThreadsThatSendTheSameKeysProcessEachOnce) {
  app.use(Idempotency());
  app.post("/pay")([&] { return ++calls; });
  start(4);
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      RawClient client(server->port());
      for (int i = 0; i < 200; ++i) {
        client.send(post("/pay", "k" + std::to_string(i)));
        const int status = status_of(client.read_answer());
        if (status != 200 && status != 409) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(calls, 200);
}

TEST_F(KeysOver, AHandlerThatIsCancelledFreesItsKey) {
  app.use(Idempotency());
  std::atomic<bool> is_gone{false};
  app.post("/pay")([&]() -> Task<int> {
    struct Gone {
      std::atomic<bool>& flag;
      ~Gone() { flag = true; }
    } const gone{is_gone};
    const int call = ++calls;
    while (call == 1) co_await testing::wait(1ms);
    co_return call;
  });
  start();
  send_and_leave(post("/pay", "k"));
  EXPECT_TRUE(eventually([&] { return is_gone.load(); }));
  // The key is free once the request has ended completely, a moment after its handler.
  std::string answer;
  EXPECT_TRUE(eventually([&] { return status_of(answer = send(post("/pay", "k", "another body"))) == 200; }));
  EXPECT_EQ(body_of(answer), "2");
}

TEST_F(KeysOver, AHandlerThatEndsAfterItsClientHasLeftIsNotCalledAgain) {
  std::latch go(1);
  app.use(Idempotency());
  app.post("/pay", {.blocking = true})([&] {
    ++calls;
    go.wait();
    return calls.load();
  });
  start();
  send_and_leave(post("/pay", "k"));
  EXPECT_EQ(status_of(send(post("/pay", "k"))), 409);
  go.count_down();
  std::string answer;
  EXPECT_TRUE(eventually([&] { return status_of(answer = send(post("/pay", "k"))) == 200; }));
  EXPECT_TRUE(has_line(answer, "idempotency-replayed: true"));
  EXPECT_EQ(calls, 1);
}

/// A value that takes the work of its request back if the client leaves.
struct Order {
  std::atomic<int>& taken_back;
  void finish(const Outcome& outcome) const {
    if (outcome.what == Outcome::What::client_gone) ++taken_back;
  }
};
std::atomic<int> orders_taken_back{0};
Order order() { return {orders_taken_back}; }

TEST_F(KeysOver, AHandlerWhoseWorkIsTakenBackIsCalledAgain) {
  std::latch go(1);
  orders_taken_back = 0;
  app.use(Idempotency());
  app.post("/pay", {.blocking = true})([&](Depends<order>) {
    if (++calls == 1) go.wait();
    return calls.load();
  });
  start();
  send_and_leave(post("/pay", "k"));
  EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
  go.count_down();
  std::string answer;
  EXPECT_TRUE(eventually([&] { return status_of(answer = send(post("/pay", "k"))) == 200; }));
  EXPECT_EQ(body_of(answer), "2");
  EXPECT_EQ(orders_taken_back, 1);
}

TEST_F(KeysOver, AHandlerThatExceedsItsDeadlineAndEndsAllTheSameIsNotCalledAgain) {
  std::latch go(1);
  app.use(Idempotency());
  app.post("/pay", {.blocking = true, .deadline = 1ms})([&] {
    ++calls;
    go.wait();
    return calls.load();
  });
  start();
  EXPECT_EQ(status_of(send(post("/pay", "k"))), 503);
  EXPECT_EQ(status_of(send(post("/pay", "k"))), 409);
  go.count_down();
  std::string answer;
  EXPECT_TRUE(eventually([&] { return status_of(answer = send(post("/pay", "k"))) == 200; }));
  EXPECT_EQ(body_of(answer), "1");
  EXPECT_EQ(calls, 1);
}

TEST_F(KeysOver, AResponseIsKeptAlthoughItsClientLeavesMeanwhile) {
  testing::HeldStore store;
  store.is_held = true;
  app.use(Idempotency({.store = &store}));
  app.post("/pay")([&] { return ++calls; });
  start();
  RawClient client(server->port());
  client.send(post("/pay", "k"));
  EXPECT_TRUE(eventually([&] { return store.held == 1; }));
  client.reset();
  EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
  store.is_held = false;
  std::string answer;
  EXPECT_TRUE(eventually([&] { return status_of(answer = send(post("/pay", "k"))) == 200; }));
  EXPECT_TRUE(has_line(answer, "idempotency-replayed: true"));
  EXPECT_EQ(calls, 1);
  server.reset();  // before its store
}

}  // namespace serval::idempotency_test
