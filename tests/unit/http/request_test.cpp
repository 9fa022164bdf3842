// SPDX-License-Identifier: MIT
#include <serval/http/request.hpp>

#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string_view>
#include <vector>

namespace serval::request_test {

// Lifetime: `target` outlives the request, as a string literal does.
void assign_target(Request& request, std::string_view target) {
  http::RequestHead head;
  head.target = target;
  head.parts = http::Target::parse(target).value();
  request.assign(head);
}

TEST(Request, BeginsAsGetOfTheRoot) {
  const Request request;
  EXPECT_EQ(request.method(), http::Method::get);
  EXPECT_EQ(request.target(), "/");
  EXPECT_EQ(request.raw_path(), "/");
  EXPECT_EQ(request.version_minor(), 1);
}

TEST(Request, SplitsItsTarget) {
  Request request;
  assign_target(request, "/a%20b%FF?x=1");
  EXPECT_EQ(request.raw_path(), "/a%20b%FF");
  EXPECT_EQ(request.path(), "/a b\uFFFD");
  EXPECT_EQ(request.query_string(), "x=1");
}

TEST(Request, DecodesItsQueryOnce) {
  Request request;
  assign_target(request, "/?a=1&a=%32");
  EXPECT_EQ(request.query_params().get("a"), "2");
  EXPECT_EQ(&request.query_params(), &request.query_params());
}

TEST(Request, BoundsItsQueryParams) {
  Request request;
  assign_target(request, "/?a&b&c");
  request.set_max_query_params(2);
  EXPECT_EQ(request.query_params().size(), 2U);
  EXPECT_TRUE(request.query_params().truncated());
}

TEST(Request, GathersCookiesOfAllFields) {
  Request request;
  request.mutable_headers().add("Cookie", "a=1");
  request.mutable_headers().add("cookie", "b=2; a=3");
  EXPECT_EQ(request.cookies().get("a"), "3");
  EXPECT_EQ(request.cookies().get("b"), "2");
}

TEST(Request, HasAnEmptyContentTypeWithoutTheField) {
  Request request;
  EXPECT_EQ(request.content_type(), "");
  request.mutable_headers().add("Content-Type", "text/plain");
  EXPECT_EQ(request.content_type(), "text/plain");
}

TEST(Request, TakesItsHostFromTheField) {
  Request request;
  EXPECT_EQ(request.host(), "");
  request.mutable_headers().add("Host", "example.com:8000");
  EXPECT_EQ(request.host(), "example.com:8000");
}

TEST(Request, LetsTheAuthorityOfItsTargetWinOverHost) {
  Request request;
  request.mutable_headers().add("Host", "b");
  assign_target(request, "http://a:81/p");
  EXPECT_EQ(request.host(), "a:81");
}

TEST(Request, WritesItsUrl) {
  Request request;
  request.mutable_headers().add("Host", "example.com:8000");
  assign_target(request, "/items/a%20b?x=1");
  EXPECT_EQ(request.url(), "http://example.com:8000/items/a%20b?x=1");
  request.set_scheme("https");
  EXPECT_EQ(request.url(), "https://example.com:8000/items/a%20b?x=1");
}

TEST(Request, WritesTheUrlOfAnAbsoluteTargetOnce) {
  Request request;
  assign_target(request, "http://a:81/p?q");
  EXPECT_EQ(request.url(), "http://a:81/p?q");
}

TEST(Request, WritesTheUrlOfTheWholeServer) {
  Request request;
  request.mutable_headers().add("Host", "a");
  assign_target(request, "*");
  EXPECT_EQ(request.url(), "http://a");
}

TEST(Request, WritesAUrlWithoutHost) {
  Request request;
  assign_target(request, "/a?b");
  EXPECT_EQ(request.url(), "/a?b");
  EXPECT_EQ(request.base_url(), "/");
}

TEST(Request, WritesItsBaseUrl) {
  Request request;
  request.mutable_headers().add("Host", "a:1");
  EXPECT_EQ(request.base_url(), "http://a:1/");
  request.set_root_path("/api/v1");
  EXPECT_EQ(request.base_url(), "http://a:1/api/v1/");
}

TEST(Request, WritesItsUrlWithTheRootPath) {
  Request request;
  request.mutable_headers().add("Host", "a");
  assign_target(request, "/p?q");
  request.set_root_path("/api");
  EXPECT_EQ(request.url(), "http://a/api/p?q");
}

TEST(Request, HasTheHostThatIsSet) {
  Request request;
  request.mutable_headers().add("Host", "inner:8000");
  assign_target(request, "/p");
  request.set_host("shop.example");
  EXPECT_EQ(request.host(), "shop.example");
  EXPECT_EQ(request.url(), "http://shop.example/p");
  request.reset();
  EXPECT_EQ(request.host(), "");
}

TEST(Request, FollowsAnother) {
  Request first;
  first.mutable_headers().add("Host", "inner");
  assign_target(first, "/p?q=1");
  first.set_client({"203.0.113.7", 1});
  first.set_scheme("https");
  first.set_host("shop.example");
  first.set_root_path("/api");
  first.set_route("/{x}");
  first.set_request_id("abc");
  Request second;
  second.follow(first);
  EXPECT_EQ(second.url(), "https://shop.example/api/p?q=1");
  EXPECT_EQ(second.header("host"), "inner");
  EXPECT_EQ(second.client().host, "203.0.113.7");
  EXPECT_EQ(second.route(), "/{x}");
  EXPECT_EQ(second.request_id(), "abc");
}

TEST(Request, HasTheIdThatIsSet) {
  Request request;
  EXPECT_EQ(request.given_request_id(), "");
  request.set_request_id("abc");
  EXPECT_EQ(request.request_id(), "abc");
  EXPECT_EQ(request.given_request_id(), "abc");
  request.set_request_id("");
  EXPECT_EQ(request.given_request_id().size(), 32U);
  request.reset();
  EXPECT_EQ(request.given_request_id(), "");
}

TEST(Request, HasAnIdOf128Bits) {
  const Request request;
  const std::string_view id = request.request_id();
  EXPECT_EQ(id.size(), 32U);
  EXPECT_EQ(request.given_request_id(), "");
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string_view::npos);
  EXPECT_EQ(request.request_id(), id);
}

TEST(Request, HasAnIdOfItsOwn) {
  std::set<std::string> ids;
  Request request;
  for (int count = 0; count < 1000; ++count) {
    ids.emplace(request.request_id());
    request.reset();
  }
  EXPECT_EQ(ids.size(), 1000U);
}

struct Counter {
  int value = 0;
};

TEST(Request, MakesStateOnFirstUse) {
  Request request;
  EXPECT_EQ(request.state<Counter>().value, 0);
  request.state<Counter>().value = 5;
  request.state<std::string>() = "other";
  EXPECT_EQ(request.state<Counter>().value, 5);
  EXPECT_EQ(request.state<std::string>(), "other");
}

TEST(Request, SharesTheValuesOfItsStateUntilBothHaveEnded) {
  const auto value = std::make_shared<int>(5);
  Request first;
  first.state<std::shared_ptr<int>>() = value;
  {
    Request second;
    second.follow(first);
    first.reset();
    ASSERT_NE(second.find_state<std::shared_ptr<int>>(), nullptr);
    EXPECT_EQ(**second.find_state<std::shared_ptr<int>>(), 5);
    second.state<Counter>().value = 1;
    EXPECT_EQ(first.find_state<Counter>(), nullptr);
  }
  EXPECT_EQ(value.use_count(), 1);
}

TEST(Request, ResetForgetsTheRequest) {
  Request request;
  assign_target(request, "/x?a=1");
  request.mutable_headers().add("cookie", "c=1");
  request.mutable_path_params().add("p", "%41");
  request.set_body("body");
  request.set_route("/x");
  request.set_scheme("https");
  request.set_root_path("/r");
  request.state<Counter>().value = 5;
  static_cast<void>(request.query_params());
  static_cast<void>(request.cookies());
  request.reset();
  EXPECT_EQ(request.target(), "/");
  EXPECT_TRUE(request.headers().empty());
  EXPECT_EQ(request.path_params().size(), 0U);
  EXPECT_EQ(request.body(), "");
  EXPECT_EQ(request.route(), "");
  EXPECT_EQ(request.scheme(), "http");
  EXPECT_EQ(request.root_path(), "");
  EXPECT_EQ(request.state<Counter>().value, 0);
  EXPECT_TRUE(request.query_params().empty());
  EXPECT_TRUE(request.cookies().empty());
}

TEST(Request, ResetLetsTheNextRequestBeParsed) {
  Request request;
  assign_target(request, "/?a=1");
  static_cast<void>(request.query_params());
  request.reset();
  assign_target(request, "/?b=2");
  EXPECT_FALSE(request.query_params().contains("a"));
  EXPECT_EQ(request.query_params().get("b"), "2");
}

TEST(Request, ResetKeepsTheClientsAddress) {
  Request request;
  request.set_client({"192.0.2.1", 99});
  request.reset();
  EXPECT_EQ(request.client().host, "192.0.2.1");
  EXPECT_EQ(request.client().port, 99);
}

TEST(PreferredType, IsTheOneOfTheHighestWeight) {
  Request request;
  request.mutable_headers().add("accept", "application/json;q=0.5, text/csv");
  EXPECT_EQ(request.preferred_type({"application/json", "text/csv"}), "text/csv");
}

TEST(PreferredType, IsTheFirstWhereTheClientSaysNothing) {
  const Request request;
  EXPECT_EQ(request.preferred_type({"application/json", "text/csv"}), "application/json");
}

TEST(PreferredType, IsNoneThatTheClientDoesNotAccept) {
  Request request;
  request.mutable_headers().add("accept", "image/png");
  EXPECT_EQ(request.preferred_type({"application/json", "text/csv"}), std::nullopt);
}

TEST(PreferredType, LooksAtAllFieldsOfTheRequest) {
  Request request;
  request.mutable_headers().add("accept", "image/png");
  request.mutable_headers().add("Accept", "text/*");
  EXPECT_EQ(request.preferred_type({"application/json", "text/csv"}), "text/csv");
}

TEST(PreferredLanguage, IsTheOneOfTheHighestWeightElseTheFirst) {
  Request request;
  EXPECT_EQ(request.preferred_language({"en", "de"}), "en");
  request.mutable_headers().add("accept-language", "de-AT, en;q=0.7");
  EXPECT_EQ(request.preferred_language({"en", "de"}), "de");
}

}  // namespace serval::request_test
