#include <serval/testing.hpp>
#include <gtest/gtest.h>

#include "app.hpp"

using namespace serval;

class MyService : public ::testing::Test {
 protected:
  MyService() { set_up(app, {.max_items = 2}); }

  int create(const std::string& name) {
    const TestResponse created = client().post("/items", {.json = json{{"name", name}, {"price", 2.5}}});
    EXPECT_EQ(created.status, 201) << created.body;
    return created.status == 201 ? created.json()["id"].get<int>() : 0;
  }
  static std::string path(int id) { return "/items/" + std::to_string(id); }
  TestClient client() { return TestClient(app); }

  App app;
};

TEST_F(MyService, KeepsItems) {
  const int id = create("tea");
  EXPECT_EQ(client().get(path(id)).json(), json({{"id", id}, {"name", "tea"}, {"price", 2.5}}));
  EXPECT_EQ(client().get("/items").json().size(), 1U);
}

TEST_F(MyService, ChangesOnlyWhatWasSent) {
  const int id = create("tea");
  const TestResponse changed = client().patch(path(id), {.json = json{{"price", 3}}});
  EXPECT_EQ(changed.json(), json({{"id", id}, {"name", "tea"}, {"price", 3.0}}));
}

TEST_F(MyService, DeletesItems) {
  const int id = create("tea");
  EXPECT_EQ(client().delete_(path(id)).status, 204);
  EXPECT_EQ(client().get(path(id)).status, 404);
  EXPECT_EQ(client().delete_(path(id)).status, 404);
}

TEST_F(MyService, RefusesWhatIsNotAnItem) {
  EXPECT_EQ(client().post("/items", {.json = json{{"name", ""}, {"price", -1}}}).json()["detail"].size(), 2U);
  EXPECT_EQ(client().get("/items?limit=1000").status, 422);
}

TEST_F(MyService, IsFullAtSomePoint) {
  create("tea");
  create("milk");
  EXPECT_EQ(client().post("/items", {.json = json{{"name", "salt"}, {"price", 1}}}).status, 507);
}

TEST_F(MyService, ListsPages) {
  create("tea");
  create("milk");
  const json page = client().get("/items?offset=1&limit=1").json();
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page[0]["name"], "milk");
}
