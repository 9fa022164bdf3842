// SPDX-License-Identifier: MIT
// Creating and reading to-dos.
#include "todo_fixture.hpp"

namespace {

using serval::json;

TEST_F(TodoService, CreatesWithDefaults) {
  const auto answer = client.post("/todos", {.json = json{{"title", "Buy milk"}}});
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.header("location"), "/todos/1");
  EXPECT_EQ(answer.body, R"({"id":1,"title":"Buy milk","notes":null,"priority":"normal","done":false})");
}

TEST_F(TodoService, RefusesAnEmptyTitleAndAnUnknownPriorityAtOnce) {
  const auto answer = client.post("/todos", {.json = json{{"title", ""}, {"priority", "urgent"}}});
  EXPECT_EQ(answer.status, 422);
  const json faults = answer.json()["detail"];
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0]["type"], "string_too_short");
  EXPECT_EQ(faults[1]["msg"], "Input should be 'low', 'normal' or 'high'");
}

TEST_F(TodoService, ListsWhatTheFilterLetsPass) {
  client.post("/todos", {.json = json{{"title", "a"}, {"priority", "high"}}});
  client.post("/todos", {.json = json{{"title", "b"}, {"done", true}}});
  client.post("/todos", {.json = json{{"title", "c"}, {"priority", "high"}, {"done", true}}});

  const json done = client.get("/todos?done=true").json();
  ASSERT_EQ(done.size(), 2U);
  EXPECT_EQ(done[0]["title"], "b");

  const json high = client.get("/todos?priority=high&done=yes").json();
  ASSERT_EQ(high.size(), 1U);
  EXPECT_EQ(high[0]["title"], "c");
}

TEST_F(TodoService, ListsAPageAtATime) {
  for (const char* title : {"a", "b", "c"}) client.post("/todos", {.json = json{{"title", title}}});
  const json page = client.get("/todos?offset=1&limit=1").json();
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page[0]["title"], "b");
}

TEST_F(TodoService, RefusesAPageOfNothing) { EXPECT_EQ(client.get("/todos?limit=0").status, 422); }

}  // namespace
