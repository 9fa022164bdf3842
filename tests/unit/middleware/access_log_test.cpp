// SPDX-License-Identifier: MIT
#include <serval/middleware/access_log.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/log.hpp"

namespace serval::access_log_test {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr std::string_view long_id = "0123456789abcdef";

class AccessLogOf : public ::testing::Test {
 protected:
  AccessLogOf() {
    request.assign({.method = http::Method::get, .method_text = "GET", .target = "/items/7?q=1"});
    request.set_client({"203.0.113.7", 0});
    request.set_scheme("https");
    request.set_host("shop.example");
    request.set_request_id(long_id);
  }
  /// The line without its end.
  std::string line(AccessLogFormat format, const Finished& how) {
    MemoryLog log;
    AccessLogOptions options{.format = format, .query = query, .logger = log.logger()};
    options.clock = [] { return std::chrono::sys_days(std::chrono::year(2026) / 11 / 3) + 4h + 5min + 6s + 78ms; };
    AccessLog(std::move(options)).finished(request, how);
    std::string text = log.text();
    if (text.ends_with('\n')) text.pop_back();
    return text;
  }
  std::string text(const Finished& how) { return line(AccessLogFormat::text, how); }
  json object(const Finished& how) { return json::parse(line(AccessLogFormat::json_lines, how)); }

  static Finished whole() { return {.status = 200, .bytes = 27, .duration = 412us, .route = "/items/{id}"}; }
  Request request;
  bool query = true;
};

TEST_F(AccessLogOf, AsTextHasTheCommonFormatAndMore) {
  EXPECT_EQ(text(whole()), R"(203.0.113.7 - - [03/Nov/2026:04:05:06 +0000] "GET /items/7?q=1 HTTP/1.1" 200 27 0.412ms )"
                           R"(complete "/items/{id}" 0123456789abcdef)");
}

TEST_F(AccessLogOf, AsJsonHasAnObjectALine) {
  request.set_client({"203.0.113.7", 4711});
  request.mutable_headers().add("User-Agent", "curl/7.88.1");
  EXPECT_EQ(line(AccessLogFormat::json_lines, whole()),
            R"({"time":"2026-11-03T04:05:06.078Z","client":"203.0.113.7","port":4711,"method":"GET",)"
            R"("target":"/items/7?q=1","protocol":"HTTP/1.1","scheme":"https","host":"shop.example","status":200,)"
            R"("bytes":27,"duration_ms":0.412,"ending":"complete","route":"/items/{id}","user_agent":"curl/7.88.1",)"
            R"("request_id":"0123456789abcdef"})");
}

TEST_F(AccessLogOf, SaysWhatIsNotKnown) {
  request.assign({.method = http::Method::unknown, .method_text = {}, .target = {}});
  const Finished nothing{.ending = http::Ending::client_gone};
  EXPECT_EQ(text(nothing),
            R"(203.0.113.7 - - [03/Nov/2026:04:05:06 +0000] "-" - 0 0.000ms client_gone "-" 0123456789abcdef)");
  const json seen = object(nothing);
  for (const char* name : {"port", "method", "target", "protocol", "status", "route", "user_agent"}) {
    EXPECT_TRUE(seen.at(name).is_null()) << name;
  }
  EXPECT_EQ(seen["bytes"], 0);
}

TEST_F(AccessLogOf, TellsHowARequestEnded) {
  for (const auto ending :
       {http::Ending::client_gone, http::Ending::deadline, http::Ending::failed, http::Ending::stopped}) {
    EXPECT_THAT(text({.status = 503, .ending = ending}), HasSubstr("ms " + std::string(http::to_text(ending)) + " "));
    EXPECT_EQ(object({.status = 503, .ending = ending})["ending"], http::to_text(ending));
  }
}

TEST_F(AccessLogOf, LeavesTheQueryOutByOption) {
  query = false;
  EXPECT_THAT(text(whole()), HasSubstr("\"GET /items/7 HTTP/1.1\""));
  EXPECT_EQ(object(whole())["target"], "/items/7");
}

TEST_F(AccessLogOf, CannotBeForged) {
  const std::string forged = "/\" 200 0\nevil\r\t\x1b[31m\x7f\\\xC3\xA9\xFF";
  request.assign({.method = http::Method::get, .method_text = "G\"\n", .target = forged});
  request.set_client({"1.2.3.4\nevil", 0});
  request.mutable_headers().add("user-agent", "a\"}\n{\"b\xFF");
  EXPECT_EQ(
      text({.status = 200, .route = "/\"\n"}),
      R"(1.2.3.4\x0aevil - - [03/Nov/2026:04:05:06 +0000] "G\"\x0a /\" 200 0\x0aevil\x0d\x09\x1b[31m\x7f\\\xc3\xa9)"
      R"(\xff HTTP/1.1" 200 0 0.000ms complete "/\"\x0a" 0123456789abcdef)");
  const std::string written = line(AccessLogFormat::json_lines, {.status = 200});
  EXPECT_EQ(written.find('\n'), std::string::npos);
  const json seen = json::parse(written);
  EXPECT_EQ(seen["target"], "/\" 200 0\nevil\r\t\x1b[31m\x7f\\\xC3\xA9\xEF\xBF\xBD");
  EXPECT_EQ(seen["user_agent"], "a\"}\n{\"b\xEF\xBF\xBD");
  EXPECT_EQ(seen.size(), 15U);
}

TEST_F(AccessLogOf, CannotBeForgedByAnId) {
  request.set_request_id("a\nevil \x1b[31m\"\xFF");
  EXPECT_THAT(text(whole()), EndsWith(R"( a\x0aevil \x1b[31m\"\xff)"));
}

TEST_F(AccessLogOf, IsAsciiAsJson) {
  // DEL, NEL, CSI, LINE SEPARATOR, RIGHT-TO-LEFT OVERRIDE, a letter, an emoji, and no UTF-8.
  request.mutable_headers().add("user-agent",
                                "\x7f\xC2\x85\xC2\x9B\xE2\x80\xA8\xE2\x80\xAE\xC3\xA9\xF0\x9F\x98\x80\xFF\xC3");
  const std::string written = line(AccessLogFormat::json_lines, whole());
  EXPECT_THAT(written, HasSubstr(R"("\u007f\u0085\u009b\u2028\u202e\u00e9\ud83d\ude00\ufffd\ufffd")"));
  EXPECT_TRUE(std::all_of(written.begin(), written.end(), [](char c) { return c >= 0x20 && c < 0x7f; }));
  EXPECT_EQ(json::parse(written)["user_agent"],
            "\x7f\xC2\x85\xC2\x9B\xE2\x80\xA8\xE2\x80\xAE\xC3\xA9\xF0\x9F\x98\x80\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_F(AccessLogOf, IsSilentIfNoRequestsAreToBeLogged) {
  MemoryLog log;
  AccessLog silent({.logger = log.logger()});
  silent.log_requests(false);
  silent.finished(request, whole());
  EXPECT_EQ(log.text(), "");
  silent.log_requests(true);
  silent.finished(request, whole());
  EXPECT_NE(log.text(), "");
}

TEST_F(AccessLogOf, CostsNothingIfItsLevelIsOff) {
  MemoryLog log;
  log.logger()->set_level(spdlog::level::warn);
  bool is_asked = false;
  AccessLogOptions options{.logger = log.logger()};
  options.clock = [&is_asked] {
    is_asked = true;
    return std::chrono::system_clock::time_point();
  };
  AccessLog(std::move(options)).finished(request, whole());
  EXPECT_EQ(log.text(), "");
  EXPECT_FALSE(is_asked);
}

TEST(AccessLogOver, SeesTheClientRouteAndId) {
  MemoryLog log;
  App app;
  app.use(AccessLog({.format = AccessLogFormat::json_lines, .logger = log.logger()}));
  app.use(ForwardedHeaders());
  app.use(RequestId());
  app.get("/items/{id}")([](Path<int, "id"> id) { return *id; });
  const auto answer = TestClient(app, {.client = {"127.0.0.1", 1}})
                          .get("/items/7", {.headers = {{"x-forwarded-for", "203.0.113.7"}, {"x-request-id", "abc"}}});
  EXPECT_EQ(answer.status, 200);
  const json seen = json::parse(log.text());
  EXPECT_EQ(seen["client"], "203.0.113.7");
  EXPECT_EQ(seen["route"], "/items/{id}");
  EXPECT_EQ(seen["request_id"], "abc");
  EXPECT_EQ(seen["status"], 200);
  EXPECT_EQ(seen["bytes"], 1);
}

TEST(AccessLogOver, WritesToStandardOutputByDefault) {
  ::testing::internal::CaptureStdout();
  {
    App app;
    app.use(AccessLog());
    app.get("/")([] { return 1; });
    TestClient(app).get("/");
  }
  const std::string written = ::testing::internal::GetCapturedStdout();
  EXPECT_TRUE(written.starts_with("testclient - - [")) << written;
  EXPECT_THAT(written, HasSubstr("\"GET / HTTP/1.1\" 200 1 "));
}

}  // namespace serval::access_log_test
