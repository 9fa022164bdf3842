// SPDX-License-Identifier: MIT
// What may be a handler: anything that can be called as const and whose parameter types are known.
#include <serval/params/bind.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval::bind_test {

struct Item {
  std::string name;
};

int twice(Query<int, "n"> n) { return 2 * n; }
int thrice(Query<int, "n"> n) noexcept { return 3 * n; }

struct Adder {
  int base;
  int operator()(Query<int, "n"> n) const { return base + n; }
};
struct QuietAdder {
  int operator()(Query<int, "n"> n) const noexcept { return 1 + n; }
};

class Store {
 public:
  int add(Query<int, "n"> n) { return sum_ += n; }
  int sum() const { return sum_; }

 private:
  int sum_ = 0;
};

class Counted {
 public:
  static inline int copies = 0;
  Counted() = default;
  Counted(const Counted&) { ++copies; }
  Counted(Counted&&) = default;
  Counted& operator=(const Counted&) = default;
  Counted& operator=(Counted&&) = default;
  int operator()() const { return 1; }
};

template <class F>
std::string body_of(F&& handler) {
  App app;
  app.get("/")(std::forward<F>(handler));
  return TestClient(app).get("/?n=5").body;
}

Task<int> async_twice(Query<int, "n"> n) { co_return 2 * n; }

TEST(Handler, MayBeALambda) {
  int base = 100;
  EXPECT_EQ(body_of([base](Query<int, "n"> n) { return base + n; }), "105");
}

TEST(Handler, MayBeAFunction) {
  EXPECT_EQ(body_of(twice), "10");
  EXPECT_EQ(body_of(&twice), "10");
  EXPECT_EQ(body_of(thrice), "15");
}

TEST(Handler, MayBeAFunctionObject) {
  EXPECT_EQ(body_of(Adder{7}), "12");
  EXPECT_EQ(body_of(QuietAdder{}), "6");
  const Adder constant{1};
  EXPECT_EQ(body_of(constant), "6");
}

TEST(Handler, MayBeAStdFunction) { EXPECT_EQ(body_of(std::function<int(Query<int, "n">)>(twice)), "10"); }

TEST(Handler, MayBeAMemberFunctionBoundToAnObject) {
  Store store;
  App app;
  app.post("/")(bound(store, &Store::add));
  app.get("/")(bound(std::as_const(store), &Store::sum));
  TestClient client{app};
  client.post("/?n=3");
  client.post("/?n=4");
  EXPECT_EQ(client.get("/").body, "7");
}

TEST(Handler, MayOwnWhatCannotBeCopied) {
  EXPECT_EQ(body_of([owned = std::make_unique<int>(4)](Query<int, "n"> n) { return *owned + n; }), "9");
}

TEST(Handler, MayBeACoroutine) {
  EXPECT_EQ(body_of(async_twice), "10");
  EXPECT_EQ(body_of([](Query<int, "n"> n) -> Task<std::string> { co_return std::to_string(n.value()); }), R"("5")");
}

TEST(Handler, MayBeACoroutineThatReturnsNothing) {
  EXPECT_EQ(body_of([](Response& response) -> Task<void> {
              response.set_status(202);
              co_return;
            }),
            "null");
}

TEST(Handler, TakesValuesConstReferencesAndRvalues) {
  App app;
  app.post("/")([](const Item& item, const Query<int, "n">& n, Query<std::string, "t">&& text) {
    return item.name + std::to_string(n.value()) + std::move(text);
  });
  EXPECT_EQ(TestClient(app).post("/?n=5&t=t", {.json = json{{"name", "x"}}}).body, R"("x5t")");
}

TEST(Handler, MayTakeTypesThatAreLocalToAFunction) {
  struct Note {
    std::string text;
  };
  enum class Kind { plain, rich };
  App app;
  app.post("/")([](Note note, Query<Kind, "kind"> kind) { return std::pair(note, kind.value()); });
  EXPECT_EQ(TestClient(app).post("/?kind=rich", {.json = json{{"text", "x"}}}).body, R"([{"text":"x"},"rich"])");
}

TEST(Handler, SeesRequestResponseAndBackground) {
  bool ran = false;
  App app;
  app.get("/{rest:path}")([&ran](Request& request, Response& response, BackgroundTasks& background) {
    background.add([&ran] { ran = true; });
    response.headers().set("x-path", request.path());
    return std::string(request.route());
  });
  const auto answer = TestClient(app).get("/a%20b");
  EXPECT_EQ(answer.body, R"("/{rest:path}")");
  EXPECT_EQ(answer.header("x-path"), "/a b");
  EXPECT_TRUE(ran);
}

TEST(Handler, ThatIsMovedInIsNotCopiedForACall) {
  App app;
  app.get("/")(Counted{});
  TestClient client{app};
  const int before = Counted::copies;
  EXPECT_EQ(client.get("/").body, "1");
  EXPECT_EQ(Counted::copies, before);
}

TEST(Blocking, MarksAHandler) {
  static_assert(detail::is_blocking<decltype(blocking(twice))>);
  static_assert(!detail::is_blocking<decltype(&twice)>);
  EXPECT_EQ(body_of(blocking(twice)), "10");
  EXPECT_EQ(body_of(blocking([owned = std::make_unique<int>(4)](Query<int, "n"> n) { return *owned + n; })), "9");
}

}  // namespace serval::bind_test
