// SPDX-License-Identifier: MIT
// Changing and deleting to-dos.
#include "todo_fixture.hpp"

namespace {

using serval::json;

TEST_F(TodoService, ReplacesEveryMember) {
  client.post("/todos", {.json = json{{"title", "Buy milk"}, {"notes", "two"}, {"done", true}}});
  const auto answer = client.put("/todos/1", {.json = json{{"title", "Buy bread"}}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"id":1,"title":"Buy bread","notes":null,"priority":"normal","done":false})");
}

TEST_F(TodoService, ChangesOnlyTheMembersThatCame) {
  client.post("/todos", {.json = json{{"title", "Buy milk"}, {"notes", "two"}}});
  client.patch("/todos/1", {.json = json{{"done", true}}});
  EXPECT_EQ(client.get("/todos/1").body,
            R"({"id":1,"title":"Buy milk","notes":"two","priority":"normal","done":true})");
}

TEST_F(TodoService, ChecksTheMembersThatCame) {
  client.post("/todos", {.json = json{{"title", "Buy milk"}}});
  EXPECT_EQ(client.patch("/todos/1", {.json = json{{"title", ""}}}).status, 422);
  EXPECT_EQ(client.get("/todos/1").json()["title"], "Buy milk");
}

TEST_F(TodoService, DeletesOnce) {
  client.post("/todos", {.json = json{{"title", "Buy milk"}}});
  const auto answer = client.delete_("/todos/1");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(client.delete_("/todos/1").status, 404);
}

TEST_F(TodoService, NamesTheTodoThatIsNotThere) {
  EXPECT_EQ(client.get("/todos/7").body, R"({"detail":"No to-do 7"})");
  EXPECT_EQ(client.put("/todos/7", {.json = json{{"title", "x"}}}).status, 404);
  EXPECT_EQ(client.patch("/todos/7", {.json = json::object()}).status, 404);
}

}  // namespace
