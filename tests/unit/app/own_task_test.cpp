// SPDX-License-Identifier: MIT
// A model called `Task` at the level of the file: <serval/serval.hpp> alone has no such name.
#include <serval/serval.hpp>

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <serval/testing.hpp>

using namespace serval;

namespace {

struct Task {
  Field<std::string, min_length(1)> title;
  Default<bool> done = false;
};

TEST(OwnTask, IsAModelWhereNoCoroutineIsWritten) {
  App app;
  app.post("/tasks")([](Task task) { return std::vector<Task>{task}; });
  TestClient client(app);
  EXPECT_EQ(client.post("/tasks", {.json = json{{"title", "paint"}}}).body, R"([{"title":"paint","done":false}])");
}

}  // namespace
