// SPDX-License-Identifier: MIT
#include <serval/testing/test_client.hpp>

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include <serval/serval.hpp>
#include <serval/task.hpp>

namespace serval::test_client_test {

const TestRequest stay{.follow_redirects = false};

/// Adds a route that returns the request it received.
void add_echo(App& app) {
  app.api_route("/echo", {http::Method::get, http::Method::post, http::Method::put, http::Method::patch,
                          http::Method::delete_})([](Request& request) {
    json headers = json::object();
    for (const auto& [name, value] : request.headers()) headers[std::string(name)] = value;
    return json{{"method", request.method_text()}, {"target", request.target()}, {"url", request.url()},
                {"client", request.client().host}, {"headers", headers},         {"body", request.body()}};
  });
}

TEST(TestClient, SendsAsABrowserWouldAndNothingElse) {
  App app;
  add_echo(app);
  EXPECT_EQ(TestClient(app).get("/echo?a=1").body,
            R"({"method":"GET","target":"/echo?a=1","url":"http://testserver/echo?a=1","client":"testclient",)"
            R"("headers":{"host":"testserver"},"body":""})");
}

TEST(TestClient, SendsJsonWithItsType) {
  App app;
  add_echo(app);
  const json seen = TestClient(app).put("/echo", {.json = json{{"a", {1, 2}}}}).json();
  EXPECT_EQ(seen["method"], "PUT");
  EXPECT_EQ(seen["body"], R"({"a":[1,2]})");
  EXPECT_EQ(schema::to_text(seen["headers"]),
            R"({"content-type":"application/json","content-length":"11","host":"testserver"})");
}

TEST(TestClient, SendsABodyHeadersQueryAndCookies) {
  App app;
  add_echo(app);
  const json seen = TestClient(app)
                        .request("PATCH", "/echo?a=1",
                                 {.headers = {{"x-token", "t"}, {"Host", "other"}},
                                  .query = {{"q", "a b"}},
                                  .body = "text",
                                  .content_type = "text/plain",
                                  .cookies = {{"c", "v"}, {"d", "w"}}})
                        .json();
  EXPECT_EQ(seen["target"], "/echo?a=1&q=a%20b");
  EXPECT_EQ(seen["body"], "text");
  EXPECT_EQ(schema::to_text(seen["headers"]),
            R"({"x-token":"t","Host":"other","content-type":"text/plain","content-length":"4","cookie":"c=v; d=w"})");
}

TEST(TestClient, SendsJsonNull) {
  App app;
  add_echo(app);
  EXPECT_EQ(TestClient(app).post("/echo", {.json = json(nullptr)}).json()["body"], "null");
}

TEST(TestClient, TakesItsBaseUrlAndAddressFromTheOptions) {
  App app;
  add_echo(app);
  TestClient client(app, {.base_url = "https://shop.example:8443", .client = {"10.0.0.7", 1234}});
  const json seen = client.get("/echo").json();
  EXPECT_EQ(seen["url"], "https://shop.example:8443/echo");
  EXPECT_EQ(seen["client"], "10.0.0.7");
  EXPECT_EQ(client.get("/echo").url, "https://shop.example:8443/echo");
}

TEST(TestClient, RefusesABadBaseUrl) {
  App app;
  EXPECT_THROW(TestClient(app, {.base_url = "testserver"}), std::invalid_argument);
}

TEST(TestClient, RefusesWhatCannotBeSent) {
  App app;
  TestClient client{app};
  EXPECT_THROW(client.get("/", {.headers = {{"a b", "c"}}}), std::invalid_argument);
  EXPECT_THROW(client.get("/", {.headers = {{"a", "b\r\nc: d"}}}), std::invalid_argument);
  EXPECT_THROW(client.post("/", {.json = json(1), .body = "2"}), std::invalid_argument);
}

TEST(TestClient, AnswersAMalformedHeadAsAConnectionDoes) {
  App app;
  app.get("/")([] { return 1; });
  TestClient client{app};
  for (std::string target : {"", "items", "/a b", "/\x01", "/caf\xc3\xa9", "*"}) {
    EXPECT_EQ(client.get(target).status, 400) << target;
    EXPECT_EQ(client.get(target).body, R"({"detail":"Malformed request target"})");
  }
  EXPECT_EQ(client.request("G T", "/").status, 400);
  EXPECT_EQ(client.request("CONNECT", "host:80").body, R"({"detail":"Tunnels are not supported"})");
  EXPECT_EQ(client.get("/" + std::string(9000, 'x')).status, 414);
  TestRequest many;
  for (int i = 0; i < 100; ++i) many.headers.emplace_back("x-a", "1");
  EXPECT_EQ(client.get("/", many).status, 431);
}

TEST(TestClient, ShowsAnAnswersHeaders) {
  App app;
  app.get("/")([](Response& response) {
    response.headers().set("connection", "close");
    response.headers().set("x-a", "1");
    return "text";
  });
  const auto answer = TestClient(app).get("/");
  std::string fields;
  for (const auto& [name, value] : answer.headers) fields.append(name).append(": ").append(value).append("\n");
  EXPECT_EQ(fields, "content-type: application/json\nx-a: 1\ncontent-length: 6\n");
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(answer.header("x-b"), std::nullopt);
}

TEST(TestClient, FramesAnswersWithoutBody) {
  App app;
  app.get("/{status}")([](Path<int, "status"> status) { return Response(status, "body", "text/plain"); });
  TestClient client{app};
  for (std::string path : {"/204", "/304"}) {
    EXPECT_EQ(client.get(path).body, "") << path;
    EXPECT_FALSE(client.get(path).header("content-length")) << path;
  }
  EXPECT_EQ(client.get("/205").header("content-length"), "0");
  EXPECT_EQ(client.get("/1000").status, 500);
}

TEST(TestClient, RefusesToReadABodyThatIsNoJson) {
  App app;
  app.get("/")([] { return plain_text("text"); });
  EXPECT_THROW(static_cast<void>(TestClient(app).get("/").json()), std::invalid_argument);
}

TEST(TestClient, FollowsRedirects) {
  App app;
  add_echo(app);
  app.api_route("/go/{status}", {http::Method::get, http::Method::post})(
      [](Path<int, "status"> status) { return redirect("/echo?done=1", status); });
  TestClient client{app};
  for (int status : {301, 302, 303}) {
    const json seen = client.post("/go/" + std::to_string(status), {.json = json(1)}).json();
    EXPECT_EQ(seen["method"], "GET") << status;
    EXPECT_EQ(seen["body"], "") << status;
    EXPECT_FALSE(seen["headers"].contains("content-type")) << status;
  }
  for (int status : {307, 308}) {
    const auto answer = client.post("/go/" + std::to_string(status), {.json = json(1)});
    EXPECT_EQ(answer.json()["method"], "POST") << status;
    EXPECT_EQ(answer.json()["body"], "1") << status;
    EXPECT_EQ(answer.url, "http://testserver/echo?done=1");
  }
}

TEST(TestClient, LeavesRedirectsAloneWhenToldTo) {
  App app;
  app.get("/")([] { return redirect("/there"); });
  EXPECT_EQ(TestClient(app).get("/", stay).status, 307);
  EXPECT_EQ(TestClient(app, {.follow_redirects = false}).get("/").status, 307);
  EXPECT_EQ(TestClient(app, {.follow_redirects = false}).get("/", {.follow_redirects = true}).status, 404);
}

TEST(TestClient, GivesUpOnEndlessRedirects) {
  App app;
  int count = 0;
  app.get("/")([&count] {
    ++count;
    return redirect("/");
  });
  EXPECT_THROW(TestClient(app, {.max_redirects = 3}).get("/"), std::runtime_error);
  EXPECT_EQ(count, 4);
}

TEST(TestClient, DoesNotTellAnotherHostItsAuthorization) {
  App app;
  add_echo(app);
  app.get("/away")([] { return redirect("http://other/echo"); });
  app.get("/here")([] { return redirect("/echo"); });
  TestClient client{app};
  const TestRequest request{.headers = {{"authorization", "secret"}}};
  EXPECT_EQ(client.get("/here", request).json()["headers"]["authorization"], "secret");
  const json seen = client.get("/away", request).json();
  EXPECT_FALSE(seen["headers"].contains("authorization"));
  EXPECT_EQ(seen["headers"]["host"], "other");
}

TEST(TestClient, KeepsCookiesBetweenRequests) {
  App app;
  app.post("/login")([](Response& response) { response.set_cookie("session", "s1"); });
  app.post("/logout")([](Response& response) { response.delete_cookie("session"); });
  app.get("/me")([](Cookie<std::optional<std::string>, "session"> session) { return session; });
  TestClient client{app};
  EXPECT_EQ(client.get("/me").body, "null");
  client.post("/login");
  EXPECT_EQ(client.get("/me").body, R"("s1")");
  EXPECT_EQ(client.get("/me", {.cookies = {{"session", "own"}}}).body, R"("own")");
  client.post("/logout");
  EXPECT_EQ(client.get("/me").body, "null");
  client.cookies().set("session", "by hand");
  EXPECT_EQ(client.get("/me").body, R"("by hand")");
}

TEST(TestClient, CancelsAHandlerThatTakesTooLong) {
  App app;
  app.get("/")([]() -> Task<int> {
    // Never returns. Nothing else runs on the loop.
    for (;;) co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
    co_return 1;
  });
  TestClient client(app, {.handler_timeout = std::chrono::milliseconds(5)});
  EXPECT_EQ(client.get("/").status, 503);
}

TEST(TestClient, CanBeUsedWithinAHandler) {
  App inner;
  inner.post("/")([](Body<int> n) -> Task<int> { co_return n + 1; });
  App outer;
  outer.post("/")([&inner](Body<int> n) { return TestClient(inner).post("/", {.json = json(n.value() * 10)}).json(); });
  EXPECT_EQ(TestClient(outer).post("/", {.json = json(4)}).body, "41");
}

}  // namespace serval::test_client_test
