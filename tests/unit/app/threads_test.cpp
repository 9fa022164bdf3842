// SPDX-License-Identifier: MIT
// Which thread each part of a request runs on, and in which order, as docs/threads_and_lifetimes.md states it.
#include <serval/app/app.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <exception>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval {
namespace {

using ::testing::ElementsAre;

/// The loop is the thread that creates this object: a test client runs everything but the pool's work within the call.
struct ThreadTrace {
  enum class Place { loop, pool };
  const std::thread::id loop = std::this_thread::get_id();
  std::mutex mutex;  // guards `parts`
  std::vector<std::pair<std::string, Place>> parts;

  void note(std::string part) {
    const std::lock_guard lock(mutex);
    parts.emplace_back(std::move(part), std::this_thread::get_id() == loop ? Place::loop : Place::pool);
  }
};

struct TracedSession {
  ThreadTrace& trace;
  explicit TracedSession(ThreadTrace& its_trace) : trace(its_trace) {}
  TracedSession(const TracedSession&) = delete;
  TracedSession& operator=(const TracedSession&) = delete;
  ~TracedSession() { trace.note("destructor"); }
  void on_exception(const std::exception_ptr&) { trace.note("on_exception"); }
};

TracedSession open_traced_session(State<ThreadTrace> trace) {
  trace->note("dependency");
  return TracedSession(*trace);
}

Task<int> note_awaited(State<ThreadTrace> trace) {
  trace->note("coroutine dependency");
  co_return 1;
}

int note_handled(State<ThreadTrace> trace, BackgroundTasks& background) {
  trace->note("handler");
  background.add([&notes = *trace] { notes.note("background"); });
  return 1;
}

int note_and_throw(State<ThreadTrace> trace) {
  trace->note("handler");
  throw std::runtime_error("");
}

/// Returns the parts that `Handler` records when a route with these options is requested.
template <auto Handler>
std::vector<std::pair<std::string, ThreadTrace::Place>> thread_trace_of(RouteOptions options) {
  App app;
  const auto trace = std::make_shared<ThreadTrace>();
  app.provide(trace);
  app.on_error<std::runtime_error>([&](const std::runtime_error&) {
    trace->note("error handler");
    return HttpError(409);
  });
  app.get<Handler>("/", std::move(options));
  static_cast<void>(TestClient(app).get("/"));
  return trace->parts;
}

constexpr auto on_loop = ThreadTrace::Place::loop;
constexpr auto on_pool = ThreadTrace::Place::pool;

TEST(PlainRoute, RunsOnTheLoop) {
  EXPECT_THAT(thread_trace_of<note_handled>({.dependencies = {depends<open_traced_session>}}),
              ElementsAre(std::pair("dependency", on_loop), std::pair("handler", on_loop),
                          std::pair("background", on_loop), std::pair("destructor", on_loop)));
}

TEST(BlockingRoute, RunsDependenciesHandlerAndTearDownOnThePoolAndTheRestOnTheLoop) {
  EXPECT_THAT(thread_trace_of<note_handled>({.blocking = true, .dependencies = {depends<open_traced_session>}}),
              ElementsAre(std::pair("dependency", on_pool), std::pair("handler", on_pool),
                          std::pair("background", on_loop), std::pair("destructor", on_pool)));
}

TEST(BlockingRoute, AwaitsCoroutineDependenciesOnTheLoop) {
  EXPECT_THAT(
      thread_trace_of<note_handled>(
          {.blocking = true, .dependencies = {depends<open_traced_session>, depends<note_awaited>}}),
      ElementsAre(std::pair("dependency", on_pool), std::pair("coroutine dependency", on_loop),
                  std::pair("handler", on_pool), std::pair("background", on_loop), std::pair("destructor", on_pool)));
}

TEST(BlockingRoute, AnswersAnExceptionOnTheLoop) {
  EXPECT_THAT(
      thread_trace_of<note_and_throw>({.blocking = true, .dependencies = {depends<open_traced_session>}}),
      ElementsAre(std::pair("dependency", on_pool), std::pair("handler", on_pool), std::pair("on_exception", on_pool),
                  std::pair("error handler", on_loop), std::pair("destructor", on_pool)));
}

struct FinishedSession : TracedSession {
  using TracedSession::TracedSession;
  void finish() { trace.note("finish"); }
};
struct AwaitedSession : TracedSession {
  using TracedSession::TracedSession;
  Task<void> finish() {
    trace.note("awaited finish");
    co_return;
  }
};
FinishedSession open_finished_session(State<ThreadTrace> trace) { return FinishedSession(*trace); }
AwaitedSession open_awaited_session(State<ThreadTrace> trace) { return AwaitedSession(*trace); }

TEST(BlockingRoute, FinishesWhereTheValueWasMadeAndAwaitsOnTheLoop) {
  const auto trace_of = [](routing::Dependency dependency) {
    return thread_trace_of<note_handled>({.blocking = true, .dependencies = {dependency}});
  };
  EXPECT_THAT(trace_of(depends<open_finished_session>),
              ElementsAre(std::pair("handler", on_pool), std::pair("background", on_loop), std::pair("finish", on_pool),
                          std::pair("destructor", on_pool)));
  EXPECT_THAT(trace_of(depends<open_awaited_session>),
              ElementsAre(std::pair("handler", on_pool), std::pair("background", on_loop),
                          std::pair("awaited finish", on_loop), std::pair("destructor", on_pool)));
}

TEST(BlockingRoute, DestroysValuesThatLastUntilTheAnswerBeforeBackgroundWork) {
  EXPECT_THAT(
      thread_trace_of<note_handled>({.blocking = true, .dependencies = {depends<open_traced_session, until_answer>}}),
      ElementsAre(std::pair("dependency", on_pool), std::pair("handler", on_pool), std::pair("destructor", on_pool),
                  std::pair("background", on_loop)));
}

}  // namespace
}  // namespace serval
