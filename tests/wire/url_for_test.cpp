// SPDX-License-Identifier: MIT
// URLs of routes over a socket, where a client chooses the Host.
#include <gtest/gtest.h>

#include <string>

#include <serval/base/log.hpp>
#include <serval/middleware.hpp>
#include <serval/serval.hpp>

#include "tests/wire/support/exchange.hpp"

namespace serval::url_for_wire_test {

using testing::exchange_bytes;
using testing::status_of;

/// The response to GET /reset with this Host, and with more fields.
std::string reset(App& app, const std::string& host, const std::string& fields = {}) {
  app.get("/token/{token}", {.name = "token"})([](Path<std::string, "token">) { return 1; });
  app.get("/reset")([](const Request& request) { return plain_text(request.url_for("token", {{"token", "t/1"}})); });
  return exchange_bytes(app, "GET /reset HTTP/1.1\r\nhost: " + host + "\r\nconnection: close\r\n" + fields + "\r\n");
}

TEST(WireUrlFor, HasTheHostThatTheClientSent) {
  App app;
  EXPECT_TRUE(reset(app, "shop.example:8000").ends_with("\r\n\r\nhttp://shop.example:8000/token/t%2F1"));
}

TEST(WireUrlFor, NeverSeesAHostThatIsNotOne) {
  for (const std::string host : {"shop.example/evil", "a@evil.example", "evil.example#", "evil.example?x", "a b",
                                 "evil.example\\x", "\"><script>", "evil.example:80:90", "a\r\nhost: b"}) {
    App app;
    EXPECT_EQ(status_of(reset(app, host)), 400) << host;
  }
}

TEST(WireUrlFor, NeverSeesAHostThatIsNotTrusted) {
  App app;
  app.use(TrustedHosts({"shop.example"}));
  EXPECT_EQ(status_of(reset(app, "evil.example")), 400);
}

TEST(WireUrlFor, HasThePublicOriginWhateverTheClientSends) {
  App app({.public_origin = "https://shop.example"});
  app.use(ForwardedHeaders({.trusted = {"*"}, .host = true}));
  EXPECT_TRUE(reset(app, "evil.example", "x-forwarded-host: evil.example\r\n")
                  .ends_with("\r\n\r\nhttps://shop.example/token/t%2F1"));
}

TEST(WireUrlFor, DoesNotTakeAForwardedHostFromAPeerThatIsNotTrusted) {
  App app;
  app.use(ForwardedHeaders({.trusted = {"192.0.2.1"}, .host = true}));
  EXPECT_TRUE(reset(app, "shop.example", "x-forwarded-host: evil.example\r\n")
                  .ends_with("\r\n\r\nhttp://shop.example/token/t%2F1"));
}

TEST(WireUrlFor, IsA500IfTheRouteDoesNotExist) {
  App app({.logger = make_logger("off")});
  app.get("/")([](const Request& request) { return plain_text(request.url_for("nowhere")); });
  EXPECT_EQ(status_of(testing::exchange(app, "GET /")), 500);
}

}  // namespace serval::url_for_wire_test
