// SPDX-License-Identifier: MIT
// Structs whose members are query parameters, headers or cookies.
#include "params/extract.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::extract_group_test {

struct Filter {
  Default<Field<int, gt(0), le(100)>> limit = 100;
  Default<Field<int, ge(0)>> offset = 0;
  std::optional<std::string> order_by;
  Default<std::vector<std::string>> tags;
};
struct Strict {
  static constexpr ModelConfig model_config{.extra = schema::Extra::forbid};
  int limit;
  std::optional<int> page;
};
struct CommonHeaders {
  std::string host;
  bool save_data;
  std::optional<std::string> if_modified_since;
  Default<std::vector<std::string>> x_tag;
  Default<Field<std::string, alias("Strange_Name")>> strange = std::string("-");
};
struct Cookies {
  static constexpr ModelConfig model_config{.extra = schema::Extra::forbid};
  std::string session_id;
};
struct Range {
  int from;
  int to;
  static void check(const Range& range, schema::Errors& errors) {
    if (range.from > range.to) errors.add("to", "must not be less than from");
  }
};
struct Aliased {
  Field<int, alias("item-count")> count;
};

template <class F>
TestResponse get(F handler, std::string_view target, const TestRequest& request = {}) {
  App app;
  app.get("/")(handler);
  return TestClient(app).get(target, request);
}
Filter echo_filter(Query<Filter> filter) { return filter; }
int echo_strict(Query<Strict> strict) { return strict.limit; }

TEST(QueryGroup, ReadsOneParameterAMember) {
  EXPECT_EQ(get(echo_filter, "/?limit=10&offset=5&order_by=name&tags=a&tags=b").body,
            R"({"limit":10,"offset":5,"order_by":"name","tags":["a","b"]})");
}

TEST(QueryGroup, KeepsTheInitialisersOfAbsentMembers) {
  EXPECT_EQ(get(echo_filter, "/").body, R"({"limit":100,"offset":0,"order_by":null,"tags":[]})");
}

TEST(QueryGroup, ReportsAllFaultsInOrderOfMembers) {
  EXPECT_EQ(get(echo_filter, "/?limit=1000&offset=-1").body,
            R"({"detail":[{"type":"less_than_equal","loc":["query","limit"],)"
            R"("msg":"Input should be less than or equal to 100","input":"1000","ctx":{"le":100}},)"
            R"({"type":"greater_than_equal","loc":["query","offset"],)"
            R"("msg":"Input should be greater than or equal to 0","input":"-1","ctx":{"ge":0}}]})");
}

TEST(QueryGroup, IgnoresOtherNames) { EXPECT_EQ(get(echo_filter, "/?other=1").status, 200); }

TEST(QueryGroup, ShowsAllThatCameWhereAMemberIsMissing) {
  struct Case {
    std::string target, input;
  };
  for (const auto& [target, input] : {Case{"/", "{}"}, Case{"/?page=2", R"({"page":"2"})"}}) {
    EXPECT_EQ(get(echo_strict, target).body, R"({"detail":[{"type":"missing","loc":["query","limit"],)"
                                             R"("msg":"Field required","input":)" +
                                                 input + "}]}");
  }
}

TEST(QueryGroup, ShowsAllThatCameOnceForManyMissingMembers) {
  struct Many {
    int a, b, c, d, e, f;
  };
  std::string target = "/?";
  for (int i = 0; i < 500; ++i) target.append("x").append(std::to_string(i)).append("=1&");
  const auto answer = get([](Query<Many> many) { return many.a; }, target + "x7=2");
  const json detail = answer.json()["detail"];
  ASSERT_EQ(detail.size(), 6U);
  for (const json& issue : detail) {
    EXPECT_EQ(issue["input"].size(), 500U);
    EXPECT_EQ(issue["input"]["x7"], (json{"1", "2"}));
  }
}

TEST(QueryGroup, ForbidsOtherNamesWhereTheModelDoes) {
  EXPECT_EQ(get(echo_strict, "/?limit=1&tool=plumbus").body,
            R"({"detail":[{"type":"extra_forbidden","loc":["query","tool"],)"
            R"("msg":"Extra inputs are not permitted","input":"plumbus"}]})");
  EXPECT_EQ(get(echo_strict, "/?tool=a&limit=1&tool=b").body,
            R"({"detail":[{"type":"extra_forbidden","loc":["query","tool"],)"
            R"("msg":"Extra inputs are not permitted","input":["a","b"]}]})");
}

TEST(QueryGroup, RunsTheModelsCheck) {
  const auto handler = [](Query<Range> range) { return range.to - range.from; };
  EXPECT_EQ(get(handler, "/?from=1&to=3").body, "2");
  const json detail = get(handler, "/?from=3&to=1").json()["detail"];
  EXPECT_EQ(detail[0]["type"], "value_error");
  EXPECT_EQ(detail[0]["msg"], "Value error, must not be less than from");
}

TEST(QueryGroup, DoesNotCheckWhatIsNotWhole) {
  const json detail = get([](Query<Range> range) { return range.to; }, "/?from=3&to=x").json()["detail"];
  ASSERT_EQ(detail.size(), 1U);
  EXPECT_EQ(detail[0]["type"], "int_parsing");
}

TEST(QueryGroup, GoesByAliases) {
  const auto handler = [](Query<Aliased> aliased) { return aliased.count; };
  EXPECT_EQ(get(handler, "/?item-count=4").body, "4");
  EXPECT_EQ(get(handler, "/?count=4").body, R"({"detail":[{"type":"missing","loc":["query","item-count"],)"
                                            R"("msg":"Field required","input":{"count":"4"}}]})");
}

TEST(HeaderGroup, ReadsUnderscoresAsHyphensAndListsAsAllFields) {
  const auto handler = [](Header<CommonHeaders> headers) { return headers; };
  EXPECT_EQ(
      get(handler, "/", {.headers = {{"save-data", "true"}, {"X-Tag", "one"}, {"x-tag", "two"}, {"strange_name", "s"}}})
          .body,
      R"({"host":"testserver","save_data":true,"if_modified_since":null,"x_tag":["one","two"],"Strange_Name":"s"})");
}

TEST(HeaderGroup, ShowsMembersDefaultsAndOtherHeadersInAFault) {
  EXPECT_EQ(get([](Header<CommonHeaders>) {}, "/", {.headers = {{"x-tag", "one"}, {"X-Other", "o"}}}).body,
            R"({"detail":[{"type":"missing","loc":["header","save_data"],"msg":"Field required",)"
            R"("input":{"host":"testserver","x_tag":["one"],"Strange_Name":"-","x-other":"o"}}]})");
}

TEST(HeaderGroup, KeepsTheUnderscoresOfAMemberWhenTold) {
  struct Headers {
    Field<std::string, keep_underscores> odd_one;
    Default<Field<std::string, keep_underscores>> other_odd_one = std::string("-");
    std::string usual_one;
  };
  const auto handler = [](Header<Headers> headers) { return headers; };
  EXPECT_EQ(get(handler, "/", {.headers = {{"odd_one", "a"}, {"other_odd_one", "b"}, {"usual-one", "c"}}}).body,
            R"({"odd_one":"a","other_odd_one":"b","usual_one":"c"})");
}

TEST(CookieGroup, ForbidsOtherCookies) {
  const auto handler = [](Cookie<Cookies> cookies) { return cookies.session_id; };
  EXPECT_EQ(get(handler, "/", {.cookies = {{"session_id", "1"}}}).body, R"("1")");
  EXPECT_EQ(get(handler, "/", {.cookies = {{"session_id", "1"}, {"extra", "track"}}}).body,
            R"({"detail":[{"type":"extra_forbidden","loc":["cookie","extra"],)"
            R"("msg":"Extra inputs are not permitted","input":"track"}]})");
}

}  // namespace serval::extract_group_test
