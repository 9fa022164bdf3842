// SPDX-License-Identifier: MIT
// How long the values of dependencies live, and what they learn of the handler's exception before they end.
#include <serval/params/depends.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::depends_lifetime_test {

using testing::at_once;
using ::testing::HasSubstr;

/// What happened, in order. Only the thread of the test adds events.
std::vector<std::string> events;

class ValuesOfDependencies : public ::testing::Test {
 protected:
  ValuesOfDependencies() { events.clear(); }

  App app;
};

struct Session {
  explicit Session(std::string of) : name(std::move(of)) { events.push_back("open " + name); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { events.push_back("close " + name); }
  std::string name;
};
Session outer_session() { return Session("outer"); }
Session inner_session(Depends<outer_session> outer) { return Session("inner of " + outer->name); }

TEST_F(ValuesOfDependencies, EndAfterTheAnswerInReverseOrder) {
  app.get("/")([](Depends<inner_session>, BackgroundTasks& background) {
    background.add([] { events.emplace_back("background"); });
    events.emplace_back("handler");
  });
  TestClient(app).get("/");
  EXPECT_EQ(events, (std::vector<std::string>{"open outer", "open inner of outer", "handler", "background",
                                              "close inner of outer", "close outer"}));
}

Session brief_session() { return Session("brief"); }

TEST_F(ValuesOfDependencies, MayEndBeforeTheAnswerIsSent) {
  app.get("/")([](Depends<brief_session, until_answer>, Depends<outer_session>, BackgroundTasks& background) {
    background.add([] { events.emplace_back("background"); });
  });
  TestClient(app).get("/");
  EXPECT_EQ(events, (std::vector<std::string>{"open brief", "open outer", "close brief", "background", "close outer"}));
}

Session leaning_session(Depends<brief_session, until_answer> brief) { return Session("on " + brief->name); }

TEST_F(ValuesOfDependencies, MayNotEndBeforeThoseThatDependOnThem) {
  EXPECT_THAT(error_of([&] { app.get("/")([](Depends<leaning_session>) {}); }),
              HasSubstr("GET /: the dependency leaning_session lives until the answer is sent, but "
                        "depends on brief_session, which ends earlier, when the answer is made; remove "
                        "until_answer there, or add it here"));
}

struct Transaction {
  std::string name;
  bool failed = false;
  Transaction(std::string of) : name(std::move(of)) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void on_exception(const std::exception_ptr& thrown) {
    failed = true;
    try {
      std::rethrow_exception(thrown);
    } catch (const std::out_of_range&) {
      throw HttpError(404, "not in " + name);
    } catch (const HttpError& error) {
      events.push_back(name + " saw " + std::to_string(error.status()));
    }
  }
  ~Transaction() { events.push_back((failed ? "roll back " : "commit ") + name); }
};
Transaction first_transaction() { return Transaction("first"); }
Transaction second_transaction(Depends<first_transaction>) { return Transaction("second"); }

TEST_F(ValuesOfDependencies, LearnOfTheHandlersExceptionAndMayChangeIt) {
  app.get("/")([](Depends<second_transaction>, Query<bool, "fail"> fail) {
    if (fail) throw std::out_of_range("x");
    return 1;
  });
  app.get("/later")([](Depends<second_transaction>) -> Task<int> {
    co_await at_once();
    throw std::out_of_range("x");
  });
  app.get("/returned")([](Depends<first_transaction>) { return HttpError(409); });
  TestClient client{app};
  const std::vector<std::string> rolled_back{"first saw 404", "roll back second", "roll back first"};
  EXPECT_EQ(client.get("/?fail=1").body, R"({"detail":"not in second"})");
  EXPECT_EQ(events, rolled_back);
  events.clear();
  EXPECT_EQ(client.get("/later").status, 404);
  EXPECT_EQ(events, rolled_back);
  events.clear();
  EXPECT_EQ(client.get("/?fail=0").status, 200);
  EXPECT_EQ(events, (std::vector<std::string>{"commit second", "commit first"}));
  events.clear();
  EXPECT_EQ(client.get("/returned").status, 409);
  EXPECT_EQ(events, (std::vector<std::string>{"first saw 409", "roll back first"}));
}

}  // namespace serval::depends_lifetime_test
