// SPDX-License-Identifier: MIT
#include <serval/middleware/load_shedding.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>
#include <serval/websocket.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::load_shedding_test {

using namespace std::chrono_literals;

/// A host that waits as long as the test says.
class TestHost final : public http::Host {
 public:
  std::chrono::nanoseconds lag{0};
  std::chrono::nanoseconds pool{0};

  [[nodiscard]] const Stopping& stopping() const noexcept override { return stopping_; }
  [[nodiscard]] std::size_t loop_count() const noexcept override { return 1; }
  [[nodiscard]] const boost::asio::any_io_executor& loop(std::size_t) const noexcept override { return executor_; }
  [[nodiscard]] std::chrono::nanoseconds loop_lag() override { return lag; }
  [[nodiscard]] std::chrono::nanoseconds pool_lag() override { return pool; }
  void hold() noexcept override {}
  void release() noexcept override {}

 private:
  Stopping stopping_;
  boost::asio::any_io_executor executor_;
};

/// `LoadShedding` on a host and with a clock of the test.
class Delayed : public ::testing::Test {
 protected:
  Delayed() { shedding.serving(host); }

  /// Whether a request is refused, with the time that has passed since the last one.
  bool is_refused(std::chrono::milliseconds later, const char* path = "/") {
    now += later;
    Request request;
    http::RequestHead head;
    head.target = path;
    head.parts.path = path;
    request.assign(head);
    try {
      shedding.before(request);
    } catch (const Unavailable& error) {
      EXPECT_EQ(error.status(), 503);
      return true;
    }
    return false;
  }

  std::chrono::steady_clock::time_point now{};
  std::shared_ptr<TestHost> host = std::make_shared<TestHost>();
  LoadShedding shedding{{.queue_delay = 100ms, .exempt = {"/health"}, .clock = [this] { return now; }}};
};

TEST_F(Delayed, RequestsAreRefusedAfterASecondOfDelayAndServedAsSoonAsItIsOver) {
  host->lag = 101ms;
  EXPECT_FALSE(is_refused(0ms));
  EXPECT_FALSE(is_refused(500ms));
  EXPECT_FALSE(is_refused(499ms));
  EXPECT_TRUE(is_refused(100ms));
  EXPECT_TRUE(is_refused(1ms));
  EXPECT_EQ(shedding.refused(), 2U);
  host->lag = 100ms;
  EXPECT_FALSE(is_refused(100ms));
}

TEST_F(Delayed, ADelayThatEndsInBetweenBeginsAnew) {
  host->lag = 1s;
  EXPECT_FALSE(is_refused(0ms));
  EXPECT_FALSE(is_refused(600ms));
  host->lag = 0s;
  EXPECT_FALSE(is_refused(100ms));
  host->lag = 1s;
  EXPECT_FALSE(is_refused(600ms));
  EXPECT_FALSE(is_refused(900ms));
  EXPECT_TRUE(is_refused(100ms));
}

TEST_F(Delayed, NothingIsKnownOfATimeWithoutRequests) {
  host->lag = 1s;
  EXPECT_FALSE(is_refused(0ms));
  EXPECT_FALSE(is_refused(60s));
  EXPECT_FALSE(is_refused(900ms));
  EXPECT_TRUE(is_refused(100ms));
}

TEST_F(Delayed, TheWaitForThePoolCountsAsWell) {
  host->pool = 101ms;
  EXPECT_FALSE(is_refused(0ms));
  EXPECT_TRUE(is_refused(1s));
}

TEST_F(Delayed, ExemptPathsAreServed) {
  host->lag = 1s;
  EXPECT_FALSE(is_refused(0ms));
  EXPECT_TRUE(is_refused(1s));
  EXPECT_FALSE(is_refused(100ms, "/health"));
  EXPECT_TRUE(is_refused(100ms, "/healthy"));
}

TEST_F(Delayed, AHostThatHasEndedIsForgotten) {
  host->lag = 1s;
  EXPECT_FALSE(is_refused(0ms));
  EXPECT_TRUE(is_refused(1s));
  host.reset();
  EXPECT_FALSE(is_refused(100ms));
}

class InFlight : public ::testing::Test {
 protected:
  InFlight() {
    app.use(shedding);
    app.get("/")([] { return 1; });
    app.get("/error")([]() -> int { throw std::runtime_error("on purpose"); });
    app.get("/health")([] { return 1; });
    app.get("/stream")([](StreamWriter& writer, Stopping stopping) -> Task<void> {
      co_await writer.write("a");
      co_await stopping.wait();
    });
    app.websocket("/socket")([](WebSocket& socket) -> Task<void> {
      co_await socket.accept();
      static_cast<void>(co_await socket.receive_text());
    });
  }
  LoadShedding shedding{{.in_flight = 1, .exempt = {"/health"}}};
  App app;
};

TEST_F(InFlight, RequestsBeyondTheLimitAreRefused) {
  TestClient client(app);
  {
    const TestStream stream = client.stream("/stream");
    EXPECT_EQ(stream.response().status, 200);
    EXPECT_EQ(shedding.in_flight(), 1U);
    const TestResponse refused = client.get("/");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("retry-after"), "1");
    EXPECT_EQ(refused.body, R"({"detail":"The server is overloaded"})");
    EXPECT_EQ(client.get("/health").status, 200);
    EXPECT_EQ(shedding.refused(), 1U);
    EXPECT_EQ(shedding.in_flight(), 1U);
  }
  EXPECT_EQ(client.get("/").status, 200);
}

TEST_F(InFlight, RequestsAreCountedUntilTheyEndInWhateverWay) {
  TestClient client(app);
  for (const char* path : {"/", "/error", "/none", "/docs"}) {
    EXPECT_NE(client.get(path).status, 503) << path;
    EXPECT_EQ(shedding.in_flight(), 0U) << path;
  }
}

TEST_F(InFlight, WebSocketsCountUntilTheirHandshakeIsAnswered) {
  TestClient client(app);
  auto socket = client.websocket("/socket");
  EXPECT_EQ(shedding.in_flight(), 0U);
  EXPECT_EQ(client.get("/").status, 200);
  socket.close();
}

TEST_F(InFlight, AMountedApplicationMayHaveItsOwnLimit) {
  LoadShedding of_inner({.in_flight = 5});
  App inner;
  inner.use(of_inner);
  inner.get("/")([&] { return std::to_string(of_inner.in_flight()) + std::to_string(shedding.in_flight()); });
  app.mount("/inner", inner);
  EXPECT_EQ(TestClient(app).get("/inner/").body, "\"11\"");
  EXPECT_EQ(of_inner.in_flight(), 0U);
  EXPECT_EQ(shedding.in_flight(), 0U);
}

TEST(LoadSheddingOptions, AreChecked) {
  EXPECT_EQ(error_of([] { LoadShedding({}); }),
            "LoadShedding needs a limit: LoadShedding({.in_flight = 512, .queue_delay = 100ms})");
  EXPECT_EQ(error_of([] { LoadShedding({.queue_delay = -1ms}); }),
            "LoadShedding: queue_delay is -1 ms; it must be from 0 to 100 years");
  EXPECT_EQ(error_of([] { LoadShedding({.in_flight = 1, .exempt = {"health"}}); }),
            "LoadShedding: the path 'health' in exempt must begin with '/'");
}

}  // namespace serval::load_shedding_test
