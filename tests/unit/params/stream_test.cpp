// SPDX-License-Identifier: MIT
// Handlers that stream their responses, in the test client and in the document.
#include <serval/stream.hpp>

#include <gtest/gtest.h>

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <string>
#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::stream_test {

struct Tick {
  int left;
};

Task<void> count(JsonLines<Tick>& lines, Query<int, "from", default_to(2)> from) {
  for (int left = from; left > 0; --left) co_await lines.send({left});
}
Task<void> endless(EventSender<>& events) {
  for (int i = 0;; ++i) co_await events.send(i);
}

TEST(Stream, IsWholeInTheTestClient) {
  App app;
  app.get<count>("/");
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "application/jsonl");
  EXPECT_EQ(answer.header("content-length"), std::nullopt);
  EXPECT_EQ(answer.body, "{\"left\":2}\n{\"left\":1}\n");
  EXPECT_TRUE(answer.is_whole);
}

TEST(Stream, EndsWhenTheTestClientHasEnough) {
  App app;
  app.get<endless>("/");
  EXPECT_EQ(TestClient(app).get("/", {.stop_stream_after = 20}).body, "data: 0\n\ndata: 1\n\ndata: 2\n\n");
}

TEST(Stream, ThatFailsIsNotWhole) {
  App app;
  app.get("/")([](StreamWriter& out) -> Task<void> {
    co_await out.write("half");
    throw std::runtime_error("gone");
  });
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.body, "half");
  EXPECT_FALSE(answer.is_whole);
}

TEST(Stream, HasTheDeadlineOfItsHandlerUpToTheFirstPart) {
  App app;
  app.get("/", {.deadline = std::chrono::milliseconds(1)})([](StreamWriter& out) -> Task<void> {
    co_await out.write("a");
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::milliseconds(20));
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_await out.write("b");
  });
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "ab");
  EXPECT_TRUE(answer.is_whole);
}

bool is_told = false;
struct Session {
  void on_exception(std::exception_ptr) { is_told = true; }
};
Session open_session() { return {}; }

TEST(Stream, TellsDependenciesOfFaultsButNotOfAClientThatHasEnough) {
  App app;
  app.get("/")([](StreamWriter& out, Depends<open_session>) -> Task<void> {
    co_await out.write("half");
    throw std::runtime_error("gone");
  });
  app.get("/endless")([](StreamWriter& out, Depends<open_session>) -> Task<void> {
    for (;;) co_await out.write("x");
  });
  is_told = false;
  TestClient client{app};
  client.get("/endless", {.stop_stream_after = 3});
  EXPECT_FALSE(is_told);
  client.get("/");
  EXPECT_TRUE(is_told);
}

struct Note {
  std::string text;
  std::vector<std::string> tags;
};

TEST(Stream, SendsModelsThatOwnMemory) {
  App app;
  app.get("/lines")([](JsonLines<Note>& lines) -> Task<void> {
    const Note note{"a text too long for a small string", {"x", "another text too long for a small string"}};
    co_await lines.send(note);
    static_assert(detail::NeedsAName<Note> && !detail::NeedsAName<Tick> && !detail::NeedsAName<std::string>);
  });
  app.get("/json")([](JsonLines<>& lines) -> Task<void> { co_await lines.send(json("made in place")); });
  TestClient client{app};
  EXPECT_EQ(client.get("/lines").body,
            "{\"text\":\"a text too long for a small string\","
            "\"tags\":[\"x\",\"another text too long for a small string\"]}\n");
  EXPECT_EQ(client.get("/json").body, "\"made in place\"\n");
}

TEST(StreamInTheDocument, SaysWhatItsPartsAre) {
  App app;
  app.get<count>("/lines");
  app.get<endless>("/events");
  app.get("/typed")([](EventSender<Tick>& events) -> Task<void> { co_await events.send({1}); });
  const json& paths = app.openapi()["paths"];
  EXPECT_EQ(schema::to_text(paths["/lines"]["get"]["responses"]["200"]["content"]),
            R"({"application/jsonl":{"itemSchema":{"$ref":"#/components/schemas/Tick"}}})");
  EXPECT_TRUE(paths["/events"]["get"]["responses"]["200"]["content"].contains("text/event-stream"));
  EXPECT_NE(schema::to_text(paths["/typed"]["get"]["responses"]["200"]["content"]["text/event-stream"])
                .find(R"("contentSchema":{"$ref":"#/components/schemas/Tick"})"),
            std::string::npos);
}

}  // namespace serval::stream_test
