// SPDX-License-Identifier: MIT
// What models and their rules do on a route: functions as rules, and which members a response shows.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::model_options_test {

void must_be_book(std::string_view id) {
  if (id == "forbidden") throw HttpError(403, "Not for you");
  if (!id.starts_with("isbn-")) throw std::invalid_argument("not a book");
}

struct Owner {
  std::string name = "ann";
  Field<std::string, alias("eMail")> email = "a@b.com";
};
struct Item {
  int id = 1;
  Owner owner;
  double price() const { return 2; }
  static constexpr auto computed() { return computed_members(computed_member("price", &Item::price)); }
};
struct Filter {
  Field<std::string, validated_by<must_be_book>> book;
};

std::string read_book(Query<std::string, "id", validated_by<must_be_book>, default_to("none")> id) { return id; }

TestResponse get(std::string_view target) {
  App app;
  app.get("/")(read_book);
  app.get("/filter")([](Query<Filter> filter) { return filter; });
  return TestClient(app).get(target);
}
std::string item_with(RouteOptions options) {
  App app;
  app.get("/", options)([] { return Item{}; });
  return TestClient(app).get("/").body;
}

TEST(ValidatedParameter, ReportsTheFunctionsText) {
  EXPECT_EQ(get("/?id=isbn-1").body, "\"isbn-1\"");
  EXPECT_EQ(get("/?id=imdb-1").body,
            R"({"detail":[{"type":"value_error","loc":["query","id"],"msg":"Value error, not a book",)"
            R"("input":"imdb-1","ctx":{"error":{}}}]})");
  EXPECT_EQ(get("/filter?book=x").status, 422);
}

TEST(ValidatedParameter, LeavesDefaultsAlone) { EXPECT_EQ(get("/").body, "\"none\""); }

TEST(ValidatedParameter, LetsAnHttpErrorBeTheAnswer) {
  EXPECT_EQ(get("/?id=forbidden").status, 403);
  EXPECT_EQ(get("/?id=forbidden").body, R"({"detail":"Not for you"})");
}

TEST(ResponseModel, IsWrittenAsARule) {
  EXPECT_EQ(item_with({}), R"({"id":1,"owner":{"name":"ann","eMail":"a@b.com"},"price":2.0})");
}

TEST(ResponseModel, HasTheMembersThatTheRouteSays) {
  EXPECT_EQ(item_with({.response_model_include = {"id", "owner.email"}}), R"({"id":1,"owner":{"eMail":"a@b.com"}})");
  EXPECT_EQ(item_with({.response_model_exclude = {"owner", "price"}}), R"({"id":1})");
  EXPECT_EQ(item_with({.response_model_by_alias = false}),
            R"({"id":1,"owner":{"name":"ann","email":"a@b.com"},"price":2.0})");
}

}  // namespace serval::model_options_test
