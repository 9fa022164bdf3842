// SPDX-License-Identifier: MIT
// Work that a handler schedules to run after its response.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/log.hpp"

namespace serval::background_work_test {

TEST(BackgroundWork, RunsInOrderAfterTheAnswer) {
  std::string order;
  App app;
  app.get("/")([&order](BackgroundTasks& background) {
    background.add([&order] { order += "a"; });
    background.add([&order] { order += "b"; });
    order += "handler ";
  });
  TestClient(app).get("/");
  EXPECT_EQ(order, "handler ab");
}

TEST(BackgroundWork, ThatThrowsIsLoggedAndDropsTheRest) {
  LeveledLog log;
  App app({.logger = log.logger()});
  bool ran = false;
  app.get("/x")([&ran](BackgroundTasks& background) {
    background.add([] { throw std::runtime_error("mail server is down"); });
    background.add([&ran] { ran = true; });
    return 1;
  });
  app.get("/y")([](BackgroundTasks& background) { background.add([] { throw 1; }); });
  TestClient client{app};
  EXPECT_EQ(client.get("/x").body, "1");
  EXPECT_FALSE(ran);
  client.get("/y");
  EXPECT_EQ(log.text(),
            "error background work of GET /x failed: mail server is down\nerror background work of GET /y failed: an "
            "exception that is not a std::exception\n");
}

}  // namespace serval::background_work_test
