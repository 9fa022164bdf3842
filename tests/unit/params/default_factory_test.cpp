// SPDX-License-Identifier: MIT
// Values that a function or an initialiser creates for each request that leaves them out. The document shows no
// default.
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::default_factory_test {

std::string new_id() {
  static int count = 0;
  return "id-" + std::to_string(++count);
}
int seven() { return 7; }
int fails() { throw HttpError(503, "no more numbers"); }

struct Part {
  std::string name;
};
struct Order {
  Field<std::string, default_factory<new_id>> id;
  Field<std::vector<Part>, default_factory<>> parts;
  Field<std::vector<int>, default_factory<>> sizes = {1, 2};
  Field<std::optional<int>, default_factory<seven>> stock;
  Default<Field<int, default_factory<seven>>> amount;
};
struct Filter {
  Field<int, ge(1), default_factory<seven>> limit;
};
class Account {
 public:
  static constexpr auto describe() {
    return schema::members(schema::member("owner", &Account::owner_, default_factory<new_id>));
  }

 private:
  std::string owner_;
};

TEST(DefaultFactory, IsCalledForEachAbsentMember) {
  const auto first = decode_json<Order>("{}");
  const auto second = decode_json<Order>("{}");
  EXPECT_TRUE(first.id.starts_with("id-"));
  EXPECT_NE(first.id.value(), second.id.value());
  EXPECT_EQ(first.stock, 7);
  EXPECT_EQ(first.amount, 7);
}

TEST(DefaultFactory, WithoutAFunctionKeepsTheInitialiser) {
  const auto order = decode_json<Order>("{}");
  EXPECT_TRUE(order.parts.empty());
  EXPECT_EQ(order.sizes.value(), (std::vector{1, 2}));
}

TEST(DefaultFactory, IsNotCalledForWhatCame) {
  const auto order = decode_json<Order>(R"({"id":"mine","parts":[{"name":"a"}],"sizes":[],"stock":null,"amount":1})");
  EXPECT_EQ(order.id.value(), "mine");
  EXPECT_EQ(order.parts.size(), 1U);
  EXPECT_TRUE(order.sizes.empty());
  EXPECT_FALSE(order.stock.has_value());
  EXPECT_EQ(order.amount, 1);
}

TEST(DefaultFactory, LeavesAMemberUnset) {
  EXPECT_FALSE(decode_json<Order>("{}").amount.is_set());
  EXPECT_TRUE(decode_json<Order>(R"({"amount":7})").amount.is_set());
}

TEST(DefaultFactory, IsNotCalledForAPartialModel) { EXPECT_TRUE(decode_json<Partial<Order>>("{}").value.id.empty()); }

TEST(DefaultFactory, IsARuleOfAClassThatDescribesItself) {
  EXPECT_TRUE(encode_json(decode_json<Account>("{}")).starts_with(R"({"owner":"id-)"));
}

TEST(DefaultFactory, MakesParametersOfEverySource) {
  App app;
  app.post("/")([](Query<int, "q", default_factory<seven>> q, Header<int, "h", default_factory<seven>> h,
                   Cookie<std::optional<int>, "c", default_factory<seven>> c,
                   Query<std::vector<int>, "l", default_factory<>> l, Body<int, "b", default_factory<seven>> b,
                   Query<Field<int, default_factory<seven>>, "f"> f) {
    return std::vector<int>{q, h, c.value_or(0), static_cast<int>(l.size()), b, f};
  });
  app.post("/form")([](Form<int, "a", default_factory<seven>> a) -> int { return a; });
  TestClient client(app);
  EXPECT_EQ(client.post("/").body, "[7,7,7,0,7,7]");
  EXPECT_EQ(client.post("/?q=1&l=1&f=2", {.json = json{{"b", 3}}}).body, "[1,7,7,1,3,2]");
  EXPECT_EQ(client.post("/form").body, "7");
}

TEST(DefaultFactory, MakesMembersOfAStructOfParameters) {
  App app;
  app.get("/")([](Query<Filter> filter) -> int { return filter.limit; });
  TestClient client(app);
  EXPECT_EQ(client.get("/").body, "7");
  EXPECT_EQ(client.get("/?limit=3").body, "3");
  EXPECT_EQ(client.get("/?limit=0").status, 422);
}

TEST(DefaultFactory, MayThrowAnHttpError) {
  App app;
  app.get("/")([](Query<int, "q", default_factory<fails>> q) -> int { return q; });
  EXPECT_EQ(TestClient(app).get("/").status, 503);
}

TEST(DefaultFactory, IsRefusedForAPath) {
  App app;
  EXPECT_THROW(app.get("/{id}")([](Path<int, "id", default_factory<seven>> id) -> int { return id; }), SetupError);
}

TEST(DefaultFactory, ShowsNoDefaultInTheDocument) {
  App app;
  app.post("/")([](Order order, Query<int, "q", default_factory<seven>> q) {
    static_cast<void>(q);
    return order;
  });
  app.get("/")([](Query<Filter> filter) -> int { return filter.limit; });
  const json& document = app.openapi();
  const json& order = document["components"]["schemas"]["Order"];
  EXPECT_FALSE(order.contains("required"));
  for (const auto& [name, member] : order["properties"].items()) EXPECT_FALSE(member.contains("default")) << name;
  EXPECT_EQ(order["properties"]["sizes"],
            (json{{"type", "array"}, {"items", {{"type", "integer"}}}, {"title", "Sizes"}}));
  for (const char* method : {"post", "get"}) {
    const json& parameter = document["paths"]["/"][method]["parameters"][0];
    EXPECT_EQ(parameter["required"], false);
    EXPECT_FALSE(parameter["schema"].contains("default"));
  }
}

}  // namespace serval::default_factory_test
