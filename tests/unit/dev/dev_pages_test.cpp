// SPDX-License-Identifier: MIT
#include "dev/pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>

#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/temporary_folder.hpp"

namespace serval::dev_pages_test {

using detail::DevSetting;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(DevSetting, IsReadFromTheVariable) {
  const auto setting = DevSetting::read("4:12-1:0123abcd:::1");
  ASSERT_TRUE(setting);
  EXPECT_EQ(setting->socket, 4);
  EXPECT_EQ(setting->generation, "12-1");
  EXPECT_EQ(setting->token, "0123abcd");
  EXPECT_EQ(setting->host, "::1");
  for (const char* bad : {"", "4", "4:1:t", "x:1:t:", "-1:1:t:", "4::t:", "4:1::"})
    EXPECT_FALSE(DevSetting::read(bad)) << bad;
}

class DevPagesOf : public ::testing::Test {
 protected:
  DevPagesOf() {
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends.data()), 0);
    app.use(detail::DevPages(std::make_shared<detail::DevChannel>(
        DevSetting{.socket = ends[1], .generation = "7", .token = "abc", .host = ""})));
    app.get("/page")([] { return HtmlResponse("<html><BODY>text</BODY></html>"); });
    app.get("/json")([] { return 1; });
  }
  ~DevPagesOf() override {
    for (const int end : ends) ::close(end);
  }
  void tell(const std::string& packet) {
    EXPECT_EQ(::send(ends[0], packet.data(), packet.size(), 0), static_cast<ssize_t>(packet.size()));
  }
  TestResponse get(const std::string& path) { return TestClient(app).get(path); }

  static constexpr const char* tag = "<script src=\"__serval/dev/abc/client.js\" data-generation=\"7\"></script>\n";
  std::array<int, 2> ends{};
  App app;
};

TEST_F(DevPagesOf, AddAScriptToHtmlAlone) {
  const TestResponse page = get("/page");
  EXPECT_EQ(page.body, "<html><BODY>text" + std::string(tag) + "</BODY></html>");
  EXPECT_EQ(page.header("cache-control"), "no-store");
  EXPECT_EQ(get("/json").body, "1");
  EXPECT_FALSE(get("/json").header("cache-control"));
}

TEST_F(DevPagesOf, AddItToFilesAndToPagesWithoutABody) {
  const testing::TemporaryFolder folder;
  const std::string file = folder.write("a.html", "<p>file");
  app.get("/file")([file] { return FileResponse(file); });
  const TestResponse page = get("/file");
  EXPECT_EQ(page.body, "<p>file" + std::string(tag));
  EXPECT_FALSE(page.header("etag"));
}

TEST_F(DevPagesOf, HaveTheScriptOfTheProgramAlsoBelowAMount) {
  App site;
  site.get("/")([] { return HtmlResponse("<p>site"); });
  app.mount("/site", site);
  EXPECT_EQ(get("/site/").body, "<p>site<script src=\"../" + std::string(tag).substr(13));
}

TEST_F(DevPagesOf, NameTheScriptByAPathThatIsAlsoRightBehindAPrefix) {
  const auto source = [](const std::string& page) {
    constexpr std::string_view begin = "src=\"";
    const std::size_t at = page.find(begin) + begin.size();
    return page.substr(at, page.find("/__serval") + 1 - at);
  };
  app.get("/a/{b}/c")([](Path<int, "b">) { return HtmlResponse("<p>deep"); });
  app.get("/base")([] { return HtmlResponse("<HTML><BASE href='/elsewhere/'>"); });
  EXPECT_EQ(source(get("/a/1/c").body), "../../");
  EXPECT_EQ(source(get("/base").body), "/");  // relative URLs mean something else there
  App under_prefix({.root_path = "/shop"});
  under_prefix.use(detail::DevPages(std::make_shared<detail::DevChannel>(
      DevSetting{.socket = ends[1], .generation = "7", .token = "abc", .host = ""})));
  under_prefix.get("/")([] { return HtmlResponse("<p>shop"); });
  EXPECT_EQ(source(TestClient(under_prefix).get("/shop").body), "/shop/");
}

TEST_F(DevPagesOf, UseTheNonceOfThePage) {
  app.get("/strict")([] {
    HtmlResponse page("<body></body>");
    page.headers().set("content-security-policy", "script-src 'nonce-xyz' 'self'");
    return page;
  });
  EXPECT_THAT(get("/strict").body, HasSubstr(R"( nonce="xyz"></script>)"));
  EXPECT_THAT(get("/docs").body, HasSubstr(R"(data-generation="7" nonce=")"));
}

TEST_F(DevPagesOf, LeaveErrorsStreamsAndCompressedPagesAlone) {
  app.get("/packed")([] {
    HtmlResponse page("packed");
    page.headers().set("content-encoding", "gzip");
    return page;
  });
  EXPECT_EQ(get("/packed").body, "packed");
  EXPECT_EQ(TestClient(app).head("/page").body, "");
  EXPECT_THAT(get("/none").body, Not(HasSubstr("script")));
}

TEST_F(DevPagesOf, MarkResponsesWhileTheProgramIsOlderThanItsSources) {
  EXPECT_FALSE(get("/json").header("serval-dev"));
  tell("main.cpp:4: error");
  EXPECT_EQ(get("/json").header("serval-dev"), "stale");
  EXPECT_EQ(get("/json").header("serval-dev"), "stale");
  tell("\n");
  EXPECT_FALSE(get("/json").header("serval-dev"));
}

TEST_F(DevPagesOf, BelongToThisMachine) {
  const DevSetting setting{.socket = 4, .generation = "1", .token = "t", .host = "10.0.0.7"};
  std::string peer = "127.0.0.1";
  const auto is_own = [&](const std::string& host, const std::string& origin = {}) {
    Request request;
    http::RequestHead head{.method = http::Method::get, .method_text = "GET", .target = "/"};
    request.assign(head);
    request.set_scheme("http");
    request.set_host(host);
    request.set_client({peer, 4711});
    if (!origin.empty()) request.mutable_headers().add("origin", origin);
    return detail::is_own_page(request, setting);
  };
  EXPECT_TRUE(is_own("127.0.0.1:8000"));
  EXPECT_TRUE(is_own("localhost:8000", "http://localhost:8000"));
  EXPECT_TRUE(is_own("[::1]:8000"));
  EXPECT_TRUE(is_own("10.0.0.7:8000"));
  EXPECT_FALSE(is_own("evil.example:8000"));
  EXPECT_FALSE(is_own("127.0.0.1.evil.example"));
  EXPECT_FALSE(is_own("localhost:8000", "http://evil.example"));
  EXPECT_FALSE(is_own("localhost:8000", "http://localhost:9000"));
  EXPECT_FALSE(is_own("localhost:8000", "null"));
  peer = "10.0.0.9";  // a loopback name from another machine
  EXPECT_FALSE(is_own("localhost:8000"));
  EXPECT_TRUE(is_own("10.0.0.7:8000"));
}

}  // namespace serval::dev_pages_test
