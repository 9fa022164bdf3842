// SPDX-License-Identifier: MIT
#include <serval/middleware/request_id.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <stdexcept>
#include <string>
#include <utility>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::request_id_test {

using ::testing::HasSubstr;

bool is_random(std::string_view id) { return std::regex_match(std::string(id), std::regex("[0-9a-f]{32}")); }

class RequestIdOver : public ::testing::Test {
 protected:
  TestResponse get(const std::string& path, const TestRequest& request = {}, const RequestIdOptions& options = {},
                   http::Client peer = {"127.0.0.1", 1}) {
    App app({.logger = log.logger()});
    app.use(RequestId(options));
    app.get("/id")([](const Request& seen) { return plain_text(std::string(seen.request_id())); });
    app.get("/fails")([]() -> int { throw std::runtime_error("a fault of the test"); });
    app.get("/work")([](BackgroundTasks& tasks) {
      tasks.add([] { throw std::runtime_error("a fault of the test"); });
      return 1;
    });
    return TestClient(app, {.client = std::move(peer)}).get(path, request);
  }
  /// The id of the response to a request with this one.
  std::string answered(const std::string& id, const RequestIdOptions& options = {},
                       http::Client peer = {"127.0.0.1", 1}) {
    return std::string(
        get("/id", {.headers = {{"x-request-id", id}}}, options, std::move(peer)).header("x-request-id").value_or(""));
  }
  MemoryLog log;
};

TEST_F(RequestIdOver, EveryResponseHasOne) {
  for (const char* path : {"/id", "/none", "/fails", "/docs"}) {
    EXPECT_TRUE(is_random(get(path).header("x-request-id").value_or(""))) << path;
  }
}

TEST_F(RequestIdOver, HandlersReadIt) {
  const auto answer = get("/id");
  EXPECT_EQ(answer.header("x-request-id"), answer.body);
}

TEST_F(RequestIdOver, NoTwoRequestsShareOne) { EXPECT_NE(get("/id").body, get("/id").body); }

TEST_F(RequestIdOver, AProxyOnThisMachineMaySetIt) {
  EXPECT_EQ(answered("1-67891233.abc_DEF"), "1-67891233.abc_DEF");
  EXPECT_EQ(answered(std::string(64, 'a')), std::string(64, 'a'));
  EXPECT_EQ(answered("abc", {}, {"::1", 1}), "abc");
}

TEST_F(RequestIdOver, OtherPeersCannotSetIt) {
  for (const char* peer : {"203.0.113.7", "10.0.0.1", "unix:", "testclient"}) {
    EXPECT_TRUE(is_random(answered("abc", {}, {peer, 1}))) << peer;
  }
  EXPECT_EQ(answered("abc", {.trusted = {"10.0.0.0/8"}}, {"10.0.0.1", 1}), "abc");
  EXPECT_TRUE(is_random(answered("abc", {.trusted = {}})));
}

TEST_F(RequestIdOver, ATextThatCouldForgeALineIsReplaced) {
  for (const std::string& id : {std::string(), std::string(65, 'a'), std::string("a b"), std::string("a\"b"),
                                std::string("a\tb"), std::string("a,b"), std::string("a=b"), std::string("\xC3\xA9"),
                                std::string("a\\nb"), std::string("<script>")}) {
    EXPECT_TRUE(is_random(answered(id))) << id;
  }
}

TEST_F(RequestIdOver, ReplacesTheOneOfAHandler) {
  App app;
  app.use(RequestId());
  app.get("/")([](Response& response) {
    response.headers().add("x-request-id", "own");
    return 1;
  });
  EXPECT_TRUE(is_random(TestClient(app).get("/").header("x-request-id").value_or("")));
}

TEST_F(RequestIdOver, IsInTheLogOfAFailure) {
  const auto answer = get("/fails", {.headers = {{"x-request-id", "abc"}}});
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("x-request-id"), "abc");
  EXPECT_EQ(log.text(), "GET /fails failed: a fault of the test (request abc)\n");
}

TEST_F(RequestIdOver, IsInTheLogOfBackgroundWork) {
  get("/work", {.headers = {{"x-request-id", "abc"}}});
  EXPECT_EQ(log.text(), "background work of GET /work failed: a fault of the test (request abc)\n");
}

TEST_F(RequestIdOver, IsEscapedInTheLogIfTheProgramSetsIt) {
  struct Own {
    void before(Request& request) { request.set_request_id("a\nevil\x1b\xFF"); }
  };
  App app({.logger = log.logger()});
  app.use(Own{});
  app.get("/fails")([]() -> int { throw std::runtime_error("a fault of the test"); });
  app.get("/work")([](BackgroundTasks& tasks) {
    tasks.add([] { throw std::runtime_error("a fault of the test"); });
    return 1;
  });
  TestClient client(app);
  client.get("/fails");
  client.get("/work");
  EXPECT_EQ(log.text(),
            "GET /fails failed: a fault of the test (request a\\x0aevil\\x1b\\xff)\n"
            "background work of GET /work failed: a fault of the test (request a\\x0aevil\\x1b\\xff)\n");
}

/// The server may not have read all fields, so the last one of a name may be a client's and not its proxy's.
TEST_F(RequestIdOver, IsNewIfTheServerRefusesTheRequestByItsHead) {
  App app;
  app.use(RequestId());
  app.use(ForwardedHeaders());
  http::Exchange exchange;
  exchange.request.assign({.method = http::Method::get, .method_text = "GET", .target = "/"});
  exchange.request.set_client({"127.0.0.1", 1});
  exchange.request.mutable_headers().add("x-request-id", "abc");
  exchange.request.mutable_headers().add("x-forwarded-for", "203.0.113.7");
  const http::Service& service = app;
  service.refuse(exchange, 417, "");
  EXPECT_EQ(exchange.response.status(), 417);
  EXPECT_TRUE(is_random(exchange.request.request_id()));
  EXPECT_EQ(exchange.request.client().host, "127.0.0.1");
}

TEST(RequestIdOptions, StayEmptyWhateverTheOperatorTrusts) {
  const auto kept = [](RequestId middleware) {
    middleware.trust_proxies({"127.0.0.1"});
    Request request;
    request.set_client({"127.0.0.1", 1});
    request.mutable_headers().add("x-request-id", "abc");
    middleware.before(request);
    return request.request_id() == "abc";
  };
  EXPECT_FALSE(kept(RequestId({.trusted = {}})));
  EXPECT_TRUE(kept(RequestId({.trusted = {"10.0.0.1"}})));
}

TEST(RequestIdOptions, AreChecked) {
  EXPECT_THAT(error_of([] { RequestId({.trusted = {"proxy"}}); }), HasSubstr("RequestId: 'proxy' is no trusted proxy"));
}

}  // namespace serval::request_id_test
