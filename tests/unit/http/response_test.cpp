// SPDX-License-Identifier: MIT
#include <serval/http/response.hpp>

#include <gtest/gtest.h>
#include <stdexcept>

namespace serval::response_test {

TEST(Response, IsAnEmpty200AtFirst) {
  const Response response;
  EXPECT_EQ(response.status(), 200);
  EXPECT_FALSE(response.status_was_set());
  EXPECT_EQ(response.content_type(), "");
  EXPECT_EQ(response.body(), "");
  EXPECT_TRUE(response.headers().empty());
}

TEST(Response, RemembersThatTheStatusWasChosen) {
  Response response;
  response.set_status(200);
  EXPECT_TRUE(response.status_was_set());
  EXPECT_TRUE(Response(201).status_was_set());
  EXPECT_TRUE(Response(200, "x").status_was_set());
  EXPECT_TRUE(plain_text("x", 200).status_was_set());
  EXPECT_TRUE(redirect("/", 307).status_was_set());
}

TEST(Response, RemembersThatNobodyChoseTheStatus) {
  EXPECT_FALSE(plain_text("x").status_was_set());
  EXPECT_FALSE(html("x").status_was_set());
  EXPECT_FALSE(redirect("/").status_was_set());
  EXPECT_EQ(redirect("/").status(), 307);
  Response sliced = redirect("/");
  EXPECT_FALSE(sliced.status_was_set());
  EXPECT_EQ(sliced.status(), 307);
}

TEST(Response, RefusesAStatusThatNoAnswerCanHave) {
  Response response(201);
  for (const int status : {-1, 0, 99, 100, 101, 199, 600, 999, 1000}) {
    EXPECT_THROW(Response{status}, std::invalid_argument) << status;
    EXPECT_THROW(Response(status, "x"), std::invalid_argument) << status;
    EXPECT_THROW((void)html("x", status), std::invalid_argument) << status;
    EXPECT_THROW((void)plain_text("x", status), std::invalid_argument) << status;
    EXPECT_THROW((void)redirect("/", status), std::invalid_argument) << status;
    EXPECT_THROW(response.set_status(status), std::invalid_argument) << status;
  }
  EXPECT_EQ(response.status(), 201);
  EXPECT_NO_THROW(Response{200});
  EXPECT_NO_THROW(Response{599});
}

TEST(Response, SaysWhichStatusItRefuses) {
  try {
    static_cast<void>(Response(1000));
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "an answer cannot have the status 1000; use one from 200 to 599");
  }
}

TEST(Response, TextGetsACharset) {
  EXPECT_EQ(Response(200, "", "text/csv").content_type(), "text/csv; charset=utf-8");
  EXPECT_EQ(Response(200, "", "TEXT/Plain").content_type(), "TEXT/Plain; charset=utf-8");
}

TEST(Response, TextKeepsItsCharset) {
  EXPECT_EQ(Response(200, "", "text/plain; Charset=latin-1").content_type(), "text/plain; Charset=latin-1");
}

TEST(Response, OtherTypesGetNoCharset) {
  EXPECT_EQ(Response(200, "", "application/json").content_type(), "application/json");
  EXPECT_EQ(Response(200, "", "image/svg+xml").content_type(), "image/svg+xml");
  EXPECT_EQ(Response(200, "", "").content_type(), "");
  EXPECT_EQ(Response(200, "", "text").content_type(), "text");
}

TEST(Response, ReplacesItsContentType) {
  Response response = html("x");
  response.set_content_type("text/plain");
  EXPECT_EQ(response.content_type(), "text/plain; charset=utf-8");
  response.set_content_type("");
  EXPECT_EQ(response.content_type(), "");
}

TEST(Response, RefusesAContentTypeThatWouldSplitTheAnswer) {
  Response response(200, "", "text/plain");
  EXPECT_THROW(response.set_content_type("a/b\r\nx: y"), std::invalid_argument);
  EXPECT_THROW(response.set_content_type("a/b\n"), std::invalid_argument);
  EXPECT_THROW(response.set_content_type("a/b\r"), std::invalid_argument);
  EXPECT_THROW(response.set_content_type(std::string_view("a/b\0", 4)), std::invalid_argument);
  EXPECT_EQ(response.content_type(), "text/plain; charset=utf-8");
}

TEST(Response, AddsACookieAField) {
  Response response;
  response.set_cookie("a", "1");
  response.set_cookie("b", "2", {.http_only = true});
  EXPECT_EQ(response.headers().get_all("set-cookie"),
            (std::vector<std::string_view>{"a=1; Path=/; SameSite=lax", "b=2; HttpOnly; Path=/; SameSite=lax"}));
}

TEST(Response, RefusesACookieThatWouldSplitTheAnswer) {
  Response response;
  EXPECT_THROW(response.set_cookie("a", "1\r\nx: y"), std::invalid_argument);
  EXPECT_THROW(response.delete_cookie("a", "/\r\nx: y"), std::invalid_argument);
  EXPECT_TRUE(response.headers().empty());
}

TEST(Response, DeletesACookieByExpiringIt) {
  Response response;
  const auto before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  response.delete_cookie("z");
  const std::string field(response.headers().get("set-cookie").value());
  constexpr std::string_view begin = "z=\"\"; expires=";
  constexpr std::string_view end = "; Max-Age=0; Path=/; SameSite=lax";
  ASSERT_EQ(field.size(), begin.size() + 29 + end.size());
  EXPECT_TRUE(field.starts_with(begin)) << field;
  EXPECT_TRUE(field.ends_with(end)) << field;
  EXPECT_GE(http::parse_http_date(field.substr(begin.size(), 29)), before);
}

TEST(Response, DeletesACookieOfAPathAndDomain) {
  Response response;
  response.delete_cookie("z", "/p", "d.com");
  const std::string field(response.headers().get("set-cookie").value());
  EXPECT_TRUE(field.starts_with("z=\"\"; Domain=d.com; expires=")) << field;
  EXPECT_TRUE(field.ends_with("; Max-Age=0; Path=/p; SameSite=lax")) << field;
}

TEST(Response, VariesByFieldsOfTheRequestEachNamedOnce) {
  Response response;
  response.add_vary("Accept");
  response.add_vary("accept");
  response.add_vary("Accept-Encoding");
  EXPECT_EQ(response.headers().get_all("vary"), std::vector<std::string_view>{"Accept, Accept-Encoding"});
}

TEST(Response, JoinsSeveralVaryFields) {
  Response response;
  response.headers().add("vary", "Origin");
  response.headers().add("Vary", "Cookie");
  response.add_vary("Cookie");
  EXPECT_EQ(response.headers().size(), 2U);
  response.add_vary("Accept");
  EXPECT_EQ(response.headers().get_all("vary"), std::vector<std::string_view>{"Origin, Cookie, Accept"});
}

TEST(Response, ThatVariesByEverythingNeedsNoNames) {
  Response response;
  response.headers().set("vary", "*");
  response.add_vary("Accept");
  EXPECT_EQ(response.headers().get("vary"), "*");
}

TEST(Response, ResetGivesAnEmpty200Again) {
  Response response(404, "body", "text/plain");
  response.headers().set("x-a", "1");
  response.reset();
  EXPECT_EQ(response.status(), 200);
  EXPECT_FALSE(response.status_was_set());
  EXPECT_EQ(response.content_type(), "");
  EXPECT_EQ(response.body(), "");
  EXPECT_TRUE(response.headers().empty());
}

TEST(Response, ResetKeepsTheStorageOfItsBody) {
  Response response;
  response.body().assign(1000, 'x');
  const char* storage = response.body().data();
  response.reset();
  response.body().assign(1000, 'y');
  EXPECT_EQ(response.body().data(), storage);
}

TEST(Response, ResetGivesBackTheStorageOfALargeBody) {
  Response response;
  response.body().assign(1 << 20, 'x');
  response.reset();
  EXPECT_LT(response.body().capacity(), 1024U);
}

TEST(PlainText, IsTextOfThatStatus) {
  const Response response = plain_text("hi", 418);
  EXPECT_EQ(response.status(), 418);
  EXPECT_EQ(response.body(), "hi");
  EXPECT_EQ(response.content_type(), "text/plain; charset=utf-8");
}

TEST(Html, IsHtml) { EXPECT_EQ(html("<p>").content_type(), "text/html; charset=utf-8"); }

TEST(Redirect, IsTemporaryByDefaultAndEmpty) {
  const Response response = redirect("/next");
  EXPECT_EQ(response.status(), 307);
  EXPECT_EQ(response.headers().get("location"), "/next");
  EXPECT_EQ(response.content_type(), "");
  EXPECT_EQ(response.body(), "");
}

TEST(Redirect, TakesAStatus) { EXPECT_EQ(redirect("/", 303).status(), 303); }

TEST(Redirect, EncodesItsLocation) { EXPECT_EQ(redirect("/a b?c=ü").headers().get("location"), "/a%20b?c=%C3%BC"); }

TEST(Redirect, RefusesALocationThatWouldSplitTheAnswer) {
  EXPECT_THROW(static_cast<void>(redirect("/\r\nset-cookie: a=b")), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(redirect("/\n")), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(redirect("/\r")), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(redirect(std::string_view("/\0", 2))), std::invalid_argument);
}

TEST(TypedResponses, SayWhatTheyAre) {
  EXPECT_EQ(HtmlResponse("<p>").content_type(), "text/html; charset=utf-8");
  EXPECT_EQ(HtmlResponse("<p>", 404).status(), 404);
  EXPECT_EQ(PlainTextResponse("hi").content_type(), "text/plain; charset=utf-8");
  EXPECT_EQ(PlainTextResponse("hi").body(), "hi");
}

TEST(TypedResponses, RedirectWith307) {
  const RedirectResponse response("/a b");
  EXPECT_EQ(response.status(), 307);
  EXPECT_EQ(response.headers().get("location"), "/a%20b");
  EXPECT_EQ(response.content_type(), "");
}

}  // namespace serval::response_test
