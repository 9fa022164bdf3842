// SPDX-License-Identifier: MIT
// A model named `Task` at file level: <serval/serval.hpp> alone does not declare that name.
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
