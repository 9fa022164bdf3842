// SPDX-License-Identifier: MIT
#include <serval/middleware/forwarded_headers.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::forwarded_headers_test {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// What the handler sees: the client, its port, and the URL.
std::string seen(ForwardedHeadersOptions options, const Fields& fields, http::Client peer = {"127.0.0.1", 4000}) {
  App app;
  app.use(ForwardedHeaders(std::move(options)));
  app.get("/p")([](const Request& request) {
    return plain_text(request.client().host + " " + std::to_string(request.client().port) + " " + request.url());
  });
  TestClient client(app, {.base_url = "http://inner", .client = std::move(peer)});
  return std::string(client.get("/p?q=1", {.headers = fields}).body);
}

const std::string url = " http://inner/p?q=1";
const ForwardedHeadersOptions with_networks{.trusted = {"127.0.0.1", "10.0.0.0/8"}};
const ForwardedHeadersOptions by_rfc7239{.trusted = {"127.0.0.1", "10.0.0.0/8"}, .family = ForwardedFamily::rfc7239};

TEST(ForwardedHeaders, TellTheClientAndTheScheme) {
  const Fields fields{{"x-forwarded-for", "203.0.113.7"}, {"x-forwarded-proto", "https"}};
  EXPECT_EQ(seen({}, fields), "203.0.113.7 0 https://inner/p?q=1");
  EXPECT_EQ(seen({}, fields, {"::1", 4000}), "203.0.113.7 0 https://inner/p?q=1");
  EXPECT_EQ(seen({}, {}), "127.0.0.1 4000" + url);
}

TEST(ForwardedHeaders, TellNothingFromAnUntrustedPeer) {
  const Fields fields{{"x-forwarded-for", "203.0.113.7"}, {"x-forwarded-proto", "https"}};
  for (const char* peer : {"198.51.100.1", "10.0.0.1", "unix:", "testclient"}) {
    EXPECT_EQ(seen({}, fields, {peer, 4000}), std::string(peer) + " 4000" + url);
  }
}

TEST(ForwardedHeaders, OfAUnixSocketAreBelievedIfItIsListed) {
  EXPECT_EQ(seen({.trusted = {"unix:"}}, {{"x-forwarded-for", "203.0.113.7"}}, {"unix:", 0}), "203.0.113.7 0" + url);
}

TEST(ForwardedHeaders, OfAMappedPeerAreBelieved) {
  EXPECT_EQ(seen({}, {{"x-forwarded-for", "::ffff:203.0.113.7"}}, {"::ffff:127.0.0.1", 1}), "203.0.113.7 0" + url);
}

TEST(ForwardedHeaders, AreReadFromTheEndSoThatAClientCannotClaimAnAddress) {
  EXPECT_EQ(seen(with_networks, {{"x-forwarded-for", "6.6.6.6, 203.0.113.7"}}), "203.0.113.7 0" + url);
  EXPECT_EQ(seen(with_networks, {{"x-forwarded-for", "6.6.6.6, 10.0.0.9, 203.0.113.7, 10.0.0.1"}}),
            "203.0.113.7 0" + url);
  EXPECT_EQ(seen(with_networks, {{"x-forwarded-for", "6.6.6.6"}, {"x-forwarded-for", "203.0.113.7, 10.0.0.1"}}),
            "203.0.113.7 0" + url);
  EXPECT_EQ(seen(with_networks, {{"X-Forwarded-For", "203.0.113.7"}, {"x-forwarded-for", "10.0.0.1"}}),
            "203.0.113.7 0" + url);
}

TEST(ForwardedHeaders, TellTheOutermostProxyIfAllAreTrusted) {
  EXPECT_EQ(seen(with_networks, {{"x-forwarded-for", "10.0.0.2, 10.0.0.1"}}), "10.0.0.2 0" + url);
}

TEST(ForwardedHeaders, EndAtAnEntryThatIsNoAddress) {
  for (const char* entry : {"unknown", "_x", "evil.example", "", "1.2.3.4.5", "6.6.6.6\t7.7.7.7", "<script>"}) {
    EXPECT_EQ(seen(with_networks, {{"x-forwarded-for", "6.6.6.6, " + std::string(entry) + ", 10.0.0.1"}}),
              "10.0.0.1 0" + url)
        << entry;
    EXPECT_EQ(seen(with_networks, {{"x-forwarded-for", "6.6.6.6, " + std::string(entry)}}), "127.0.0.1 4000" + url)
        << entry;
  }
}

TEST(ForwardedHeaders, OfEveryPeerTellTheLastEntry) {
  const ForwardedHeadersOptions all{.trusted = {"*"}};
  EXPECT_EQ(seen(all, {{"x-forwarded-for", "6.6.6.6, 203.0.113.7"}}, {"198.51.100.1", 1}), "203.0.113.7 0" + url);
}

TEST(ForwardedHeaders, OfANetworkOfAllAddressesTellTheLastEntry) {
  const ForwardedHeadersOptions all{.trusted = {"0.0.0.0/0", "::/0"}};
  for (const char* peer : {"198.51.100.1", "2001:db8::1"}) {
    EXPECT_EQ(seen(all, {{"x-forwarded-for", "6.6.6.6, 203.0.113.7"}}, {peer, 1}), "203.0.113.7 0" + url) << peer;
  }
}

TEST(ForwardedHeaders, TellPorts) {
  EXPECT_EQ(seen({}, {{"x-forwarded-for", "203.0.113.7:51234"}}), "203.0.113.7 51234" + url);
  EXPECT_EQ(seen({}, {{"x-forwarded-for", "[2001:db8::7]:51234"}}), "2001:db8::7 51234" + url);
}

TEST(ForwardedHeaders, TellOneOfTheKnownSchemes) {
  const auto scheme = [](const Fields& fields) {
    const std::string text = seen({}, fields);
    return text.substr(15, text.find(':') - 15);
  };
  EXPECT_EQ(scheme({{"x-forwarded-proto", "HTTPS"}}), "https");
  EXPECT_EQ(scheme({{"x-forwarded-proto", "wss"}}), "https");
  EXPECT_EQ(scheme({{"x-forwarded-proto", "ws"}}), "http");
  EXPECT_EQ(scheme({{"x-forwarded-proto", "https, http"}}), "http");
  EXPECT_EQ(scheme({{"x-forwarded-proto", "https"}, {"x-forwarded-proto", "http"}}), "http");
  EXPECT_EQ(scheme({{"x-forwarded-proto", "javascript"}}), "http");
  EXPECT_EQ(scheme({{"x-forwarded-proto", "https://evil.example/"}}), "http");
}

TEST(ForwardedHeaders, TellTheHostByOption) {
  const Fields fields{{"x-forwarded-host", "evil.example, shop.example:8443"}};
  EXPECT_EQ(seen({}, fields), "127.0.0.1 4000" + url);
  EXPECT_EQ(seen({.host = true}, fields), "127.0.0.1 4000 http://shop.example:8443/p?q=1");
  for (const char* host : {"", "a b", "user@evil", "evil/path", "evil:port", "[::1"}) {
    EXPECT_EQ(seen({.host = true}, {{"x-forwarded-host", host}}), "127.0.0.1 4000" + url) << host;
  }
}

TEST(ForwardedHeaders, TellThePrefixByOption) {
  const Fields fields{{"x-forwarded-prefix", "/api/v1/"}};
  EXPECT_EQ(seen({}, fields), "127.0.0.1 4000" + url);
  EXPECT_EQ(seen({.prefix = true}, fields), "127.0.0.1 4000 http://inner/api/v1/p?q=1");
  for (const char* prefix : {"", "/", "api", "//evil.example", "/a?b", "/a#b", "/\\evil", "/a b", "https://evil"}) {
    EXPECT_EQ(seen({.prefix = true}, {{"x-forwarded-prefix", prefix}}), "127.0.0.1 4000" + url) << prefix;
  }
}

TEST(ForwardedHeaders, TellAPrefixThatReplacesTheRootPathOnlyIfTheProxyHasRemovedIt) {
  App app({.root_path = "/api"});
  app.use(ForwardedHeaders({.prefix = true}));
  app.get("/p")([](const Request& request) { return plain_text(std::string(request.root_path())); });
  TestClient client(app, {.client = {"127.0.0.1", 1}});
  EXPECT_EQ(client.get("/p").body, "/api");
  EXPECT_EQ(client.get("/p", {.headers = {{"x-forwarded-prefix", "/v2"}}}).body, "/v2");
  EXPECT_EQ(client.get("/api/p", {.headers = {{"x-forwarded-prefix", "/v2"}}}).body, "/v2/api");
  EXPECT_EQ(client.get("http://inner/api/p", {.headers = {{"x-forwarded-prefix", "/v2"}}}).body, "/v2/api");
}

TEST(ForwardedHeaders, TellAMountedApplicationAPrefixBeforeThatOfTheMount) {
  App inner;
  inner.use(ForwardedHeaders({.prefix = true}));
  for (const char* path : {"/", "/p"}) {
    inner.get(path)([](const Request& request) { return plain_text(std::string(request.root_path())); });
  }
  App app;
  app.mount("/sub", inner);
  TestClient client(app, {.client = {"127.0.0.1", 1}});
  for (const char* path : {"/sub", "/sub/", "/sub/p?q=1"}) {
    EXPECT_EQ(client.get(path).body, "/sub") << path;
    EXPECT_EQ(client.get(path, {.headers = {{"x-forwarded-prefix", "/api"}}}).body, "/api/sub") << path;
  }
  app.use(ForwardedHeaders({.prefix = true}));
  EXPECT_EQ(client.get("/sub/p", {.headers = {{"x-forwarded-prefix", "/api"}}}).body, "/api/sub");
}

TEST(ForwardedHeaders, AreThoseOfOneFamily) {
  const Fields fields{{"x-forwarded-for", "203.0.113.7"},
                      {"x-forwarded-proto", "http"},
                      {"x-forwarded-host", "x.example"},
                      {"forwarded", "for=203.0.113.8;proto=https;host=f.example"}};
  EXPECT_EQ(seen({.host = true}, fields), "203.0.113.7 0 http://x.example/p?q=1");
  EXPECT_EQ(seen({.family = ForwardedFamily::rfc7239, .host = true}, fields), "203.0.113.8 0 https://f.example/p?q=1");
  EXPECT_EQ(seen({.family = ForwardedFamily::none, .host = true}, fields), "127.0.0.1 4000" + url);
}

TEST(Forwarded, IsReadFromTheEnd) {
  EXPECT_EQ(seen(by_rfc7239, {{"forwarded", "for=6.6.6.6, for=203.0.113.7, for=\"10.0.0.1:80\""}}),
            "203.0.113.7 0" + url);
  EXPECT_EQ(seen(by_rfc7239, {{"forwarded", "for=6.6.6.6"}, {"forwarded", "for=\"[2001:db8::7]:4711\""}}),
            "2001:db8::7 4711" + url);
}

TEST(Forwarded, EndsAtAnEntryThatIsNoAddress) {
  for (const char* entry : {"for=unknown", "for=_hidden", "proto=http", "", "for=\"2001:db8::7\""}) {
    EXPECT_EQ(seen(by_rfc7239, {{"forwarded", "for=6.6.6.6, " + std::string(entry) + ", for=10.0.0.1"}}),
              "10.0.0.1 0" + url)
        << entry;
  }
}

TEST(Forwarded, TellsTheSchemeAndHostOfTheClientsEntry) {
  ForwardedHeadersOptions options = by_rfc7239;
  options.host = true;
  EXPECT_EQ(seen(options, {{"forwarded",
                            "for=6.6.6.6;proto=ws;host=evil.example, for=203.0.113.7;proto=https;"
                            "host=\"shop\\.example:8443\", for=10.0.0.1;proto=http;host=inner2"}}),
            "203.0.113.7 0 https://shop.example:8443/p?q=1");
}

TEST(Forwarded, IsIgnoredIfAClientHasLeftAQuoteOpen) {
  EXPECT_EQ(seen(by_rfc7239, {{"forwarded", "for=\"6.6.6.6, for=203.0.113.7"}}), "127.0.0.1 4000" + url);
  EXPECT_EQ(seen(by_rfc7239, {{"forwarded", "for=6.6.6.6;proto=https;by=\", for=\"203.0.113.7\""}}),
            "127.0.0.1 4000" + url);
}

TEST(ForwardedHeadersOptions, AreChecked) {
  EXPECT_EQ(error_of([] { ForwardedHeaders({.trusted = {}}); }),
            "ForwardedHeaders: trusted is empty; write the addresses of your proxies: {.trusted = {\"10.0.0.0/8\"}}");
  EXPECT_EQ(error_of([] { ForwardedHeaders({.trusted = {"proxy"}}); }).substr(0, 25), "ForwardedHeaders: 'proxy'");
  EXPECT_EQ(error_of([] { ForwardedHeaders({.family = ForwardedFamily::rfc7239, .prefix = true}); }),
            "ForwardedHeaders: RFC 7239 has no prefix; use AppOptions::root_path, or ForwardedFamily::x_forwarded");
}

TEST(ForwardedHeaders, ReachMountedApplicationsAndLinks) {
  App inner;
  inner.get("/a/")([](const Request& request) { return plain_text(request.url()); });
  App app;
  app.use(ForwardedHeaders({.host = true, .prefix = true}));
  app.mount("/sub", inner);
  TestClient client(app, {.client = {"127.0.0.1", 1}, .follow_redirects = false});
  const Fields fields{
      {"x-forwarded-proto", "https"}, {"x-forwarded-host", "shop.example"}, {"x-forwarded-prefix", "/api"}};
  EXPECT_EQ(client.get("/sub/a/", {.headers = fields}).body, "https://shop.example/api/sub/a/");
  EXPECT_EQ(client.get("/sub/a", {.headers = fields}).header("location"), "https://shop.example/api/sub/a/");
  EXPECT_NE(client.get("/docs", {.headers = fields}).body.find("/api/openapi.json"), std::string::npos);
  EXPECT_EQ(client.get("/openapi.json", {.headers = fields}).json()["servers"][0]["url"], "/api");
}

}  // namespace serval::forwarded_headers_test
