#include "app.hpp"

#include <serval/testing.hpp>
#include <gtest/gtest.h>

using namespace serval;

class MyService : public ::testing::Test {
 protected:
  MyService() { set_up(app); }

  App app;
};

TEST_F(MyService, GreetsTheWorld) {
  TestClient client(app);
  const TestResponse response = client.get("/");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.json()["message"], "Hello World");
}

TEST_F(MyService, GreetsByName) {
  TestClient client(app);
  EXPECT_EQ(client.get("/hello/Ann").json()["message"], "Hello Ann");
}
