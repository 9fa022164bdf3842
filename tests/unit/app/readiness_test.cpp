// SPDX-License-Identifier: MIT
#include <serval/app/readiness.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval::readiness_test {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using Found = Readiness::State;
using ::testing::ElementsAre;

/// A loop that asks applications whether they are ready, like the loop of a health endpoint.
struct Asker {
  asio::io_context context;
  Readiness ask(const App& app) {
    std::optional<Readiness> found;
    asio::co_spawn(context, app.readiness(), [&](const std::exception_ptr& fault, Readiness readiness) {
      EXPECT_FALSE(fault);
      found = std::move(readiness);
    });
    context.restart();
    while (!found) context.run_one();
    return *found;
  }
};

/// Returns "database: no connection" for a check that failed, and the name alone for one that passed.
std::vector<std::string> texts(const Readiness& readiness) {
  std::vector<std::string> texts;
  for (const ReadinessResult& each : readiness.checks) {
    EXPECT_EQ(each.is_ready, each.error.empty());
    texts.push_back(each.name + (each.is_ready ? "" : ": " + each.error));
  }
  return texts;
}

Task<void> come_back() { co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable); }

TEST(Readiness, IsThatOfAnApplicationThatIsCarried) {
  Asker asker;
  App app;
  app.ready("never called before", [] {});
  EXPECT_EQ(asker.ask(app).state, Found::starting);
  EXPECT_THAT(asker.ask(app).checks, ElementsAre());
  {
    const TestClient client(app);
    EXPECT_EQ(asker.ask(app).state, Found::ready);
    EXPECT_TRUE(asker.ask(app).is_ready());
  }
  EXPECT_EQ(asker.ask(app).state, Found::starting);
}

TEST(Readiness, NamesEveryCheckAndWhatIsWrong) {
  Asker asker;
  App app;
  app.ready("a", [] {});
  app.ready("b", [] { throw std::runtime_error("no connection"); });
  app.ready("c", []() -> Task<void> { co_await come_back(); });
  app.ready("d", []() -> Task<void> {
    co_await come_back();
    throw std::runtime_error("");
  });
  const TestClient client(app);
  const Readiness found = asker.ask(app);
  EXPECT_EQ(found.state, Found::failing);
  EXPECT_FALSE(found.is_ready());
  EXPECT_THAT(texts(found), ElementsAre("a", "b: no connection", "c", "d: failed"));
}

struct Store {
  int asked = 0;
};

TEST(ReadinessCheck, TakesObjectsOfTheApplication) {
  Asker asker;
  App app;
  app.lifespan<Store>();
  app.ready("store", [](State<Store> store, Stopping stopping) -> Task<void> {
    co_await come_back();
    if (++store->asked == 2 || stopping.is_requested()) throw std::runtime_error("asked too often");
  });
  const TestClient client(app);
  EXPECT_THAT(texts(asker.ask(app)), ElementsAre("store"));
  EXPECT_THAT(texts(asker.ask(app)), ElementsAre("store: asked too often"));
}

TEST(ReadinessCheck, IsCancelledWhenItsTimeIsOver) {
  Asker asker;
  bool was_cancelled = false;
  App app;
  app.ready("slow",
            [&]() -> Task<void> {
              asio::steady_timer never(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
              try {
                co_await never.async_wait(asio::use_awaitable);
              } catch (...) {
                was_cancelled = true;
                throw;
              }
            },
            {.timeout = 10ms});
  app.ready("quick", [] {});
  const TestClient client(app);
  const Readiness found = asker.ask(app);
  EXPECT_THAT(texts(found), ElementsAre("slow: takes longer than 10 ms", "quick"));
  EXPECT_GE(found.checks[0].duration, 10ms);
  asker.context.run();
  EXPECT_TRUE(was_cancelled);
}

TEST(ReadinessCheck, IsNotCalledAgainBeforeItHasEnded) {
  Asker asker;
  asio::steady_timer stuck(asker.context, asio::steady_timer::time_point::max());
  int calls = 0;
  App app;
  app.ready("stuck",
            [&]() -> Task<void> {
              ++calls;
              // The check ignores its cancellation.
              co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
              boost::system::error_code ignored;
              co_await stuck.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            },
            {.timeout = 5ms});
  const TestClient client(app);
  EXPECT_THAT(texts(asker.ask(app)), ElementsAre("stuck: takes longer than 5 ms"));
  EXPECT_THAT(texts(asker.ask(app)), ElementsAre("stuck: takes longer than 5 ms"));
  EXPECT_EQ(calls, 1);
  stuck.cancel();
  asker.context.restart();
  asker.context.run();
  EXPECT_THAT(texts(asker.ask(app)), ElementsAre("stuck: takes longer than 5 ms"));
  EXPECT_EQ(calls, 2);
  stuck.cancel();
  asker.context.restart();
  asker.context.run();
}

Task<void> wait_for_ever() {
  asio::steady_timer never(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
  co_await never.async_wait(asio::use_awaitable);
}

TEST(ReadinessCheck, IsCalledAgainWhereItsEventLoopHasGone) {
  int calls = 0;
  App app;
  app.ready("slow",
            [&]() -> Task<void> {
              if (++calls == 1) co_await wait_for_ever();
            },
            {.timeout = 5ms});
  const TestClient client(app);
  EXPECT_THAT(texts(wait(app.readiness())), ElementsAre("slow: takes longer than 5 ms"));
  EXPECT_THAT(texts(wait(app.readiness())), ElementsAre("slow"));
  EXPECT_EQ(calls, 2);
}

TEST(ReadinessCheck, IsCalledOnceForAllWhoAskMeanwhile) {
  Asker asker;
  int calls = 0;
  App app;
  app.ready("a", [&]() -> Task<void> {
    ++calls;
    co_await come_back();
  });
  const TestClient client(app);
  int answers = 0;
  const auto on_answer = [&](const std::exception_ptr& fault, const Readiness& readiness) {
    EXPECT_FALSE(fault);
    EXPECT_TRUE(readiness.is_ready());
    EXPECT_THAT(texts(readiness), ElementsAre("a"));
    ++answers;
  };
  for (int i = 0; i < 3; ++i) asio::co_spawn(asker.context, app.readiness(), on_answer);
  asker.context.run();
  EXPECT_EQ(answers, 3);
  EXPECT_EQ(calls, 1);
}

/// An application whose check never completes its first call, and a first asker that has made this call.
struct FirstCallHangs {
  explicit FirstCallHangs(ReadyOptions options) {
    app.ready(
        "a",
        [this]() -> Task<void> {
          if (++calls == 1) co_await wait_for_ever();
        },
        options);
    client.emplace(app);
    first.emplace();
    asio::co_spawn(first->context, app.readiness(), [](const std::exception_ptr&, const Readiness&) {});
    while (calls == 0) first->context.run_one();
  }
  int calls = 0;
  App app;
  std::optional<TestClient> client;
  std::optional<Asker> first;
};

TEST(ReadinessCheck, IsWaitedForNoLongerThanItsTimeByWhoHasNotCalledIt) {
  FirstCallHangs hanging({.timeout = 5ms});
  Asker second;
  EXPECT_THAT(texts(second.ask(hanging.app)), ElementsAre("a: takes longer than 5 ms"));
  EXPECT_EQ(hanging.calls, 1);
}

TEST(ReadinessCheck, IsCalledByWhoHasWaitedForALoopThatHasGone) {
  FirstCallHangs hanging({.timeout = 60s});
  Asker second;
  std::optional<Readiness> found;
  asio::co_spawn(second.context, hanging.app.readiness(),
                 [&](const std::exception_ptr&, Readiness readiness) { found = std::move(readiness); });
  second.context.poll();
  EXPECT_FALSE(found);
  hanging.first.reset();
  while (!found) second.context.run_one();
  EXPECT_THAT(texts(*found), ElementsAre("a"));
  EXPECT_EQ(hanging.calls, 2);
}

TEST(ReadinessCheck, OfAnApplicationThatIsMountedTwiceIsCalledOnce) {
  Asker asker;
  App app, inner;
  inner.ready("inner", []() -> Task<void> { co_await come_back(); });
  app.mount("/a", inner);
  app.mount("/b", inner);
  const TestClient client(app);
  EXPECT_THAT(texts(asker.ask(app)), ElementsAre("inner"));
}

TEST(ReadinessCheck, OfAMountedApplicationCountsToo) {
  Asker asker;
  App app, inner;
  app.ready("outer", [] {});
  inner.ready("inner", [] { throw std::runtime_error("down"); });
  app.mount("/inner", inner);
  const TestClient client(app);
  EXPECT_THAT(texts(asker.ask(app)), ElementsAre("outer", "inner: down"));
}

TEST(ReadinessCheck, HasATimeAndANameOfItsOwn) {
  App app;
  app.ready("a", [] {});
  EXPECT_THROW(app.ready("a", [] {}), SetupError);
  EXPECT_THROW(app.ready("b", [] {}, {.timeout = 0ms}), SetupError);
}

TEST(ReadinessCheck, NeedsObjectsThatAreProvided) {
  App app;
  app.ready("store", [](State<Store>) {});
  EXPECT_THROW(TestClient{app}, SetupError);
}

TEST(Readiness, IsAskedForByAHandler) {
  App app;
  app.ready("a", [] {});
  app.get("/")([&app]() -> Task<bool> {
    const Readiness found = co_await app.readiness();
    co_return found.is_ready();
  });
  TestClient client(app);
  EXPECT_EQ(client.get("/").body, "true");
}

}  // namespace serval::readiness_test
