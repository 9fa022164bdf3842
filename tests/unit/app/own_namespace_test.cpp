// SPDX-License-Identifier: MIT
// A program whose types have the same names as types of serval. Within the program's own namespace, lookup finds the
// program's types first.
#include <serval/serval.hpp>

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include <serval/files.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

using namespace serval;

namespace tracker {

enum class State { open, done };

struct File {
  std::string name;
};

struct Task {
  Field<std::string, schema::title("What is to be done")> title;
  State state = State::open;
  std::optional<File> file;
};

struct Form {
  serval::Form<std::string, "title"> title;
  serval::File<UploadFile, "file"> file;
};

struct Result {
  Task task;
  int number = 0;
};

struct Counter {
  int start = 40;
};

serval::Task<Result> add_task(Task task, serval::State<Counter> counter) { co_return Result{task, counter->start + 2}; }

serval::Result<Task> read_task(Query<State, "state"> state) {
  if (state == State::done) return HttpError(404, "no task is done");
  return Task{"paint", State::open, File{"door.png"}};
}

Task upload_task(Form form) { return {*form.title, State::open, File{form.file.value().filename()}}; }

class OwnNamespace : public ::testing::Test {
 protected:
  OwnNamespace() {
    app.provide(Counter{});
    app.post("/tasks")(add_task);
    app.get("/tasks")(read_task);
    app.post("/forms")(upload_task);
  }

  App app;
};

TEST_F(OwnNamespace, TasksAreModelsBesideCoroutines) {
  TestClient client(app);
  EXPECT_EQ(client.post("/tasks", {.json = json{{"title", "paint"}, {"state", "done"}}}).body,
            R"({"task":{"title":"paint","state":"done","file":null},"number":42})");
}

TEST_F(OwnNamespace, StatesAndFilesAreModelsBesideArguments) {
  TestClient client(app);
  EXPECT_EQ(client.get("/tasks?state=open").body, R"({"title":"paint","state":"open","file":{"name":"door.png"}})");
  EXPECT_EQ(client.get("/tasks?state=done").status, 404);
}

TEST_F(OwnNamespace, FormsAreStructsOfParameters) {
  TestClient client(app);
  const TestResponse answer =
      client.post("/forms", {.form = {{"title", "paint"}}, .files = {{.name = "file", .filename = "door.png"}}});
  EXPECT_EQ(answer.body, R"({"title":"paint","state":"open","file":{"name":"door.png"}})");
}

}  // namespace tracker
