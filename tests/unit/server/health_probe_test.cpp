// SPDX-License-Identifier: MIT
#include "server/health_probe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string>
#include <unistd.h>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>

#include "tests/wire/support/server_fixture.hpp"

namespace serval::detail::health_probe_test {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using testing::test_options;

class HealthProbe : public ::testing::Test {
 protected:
  HealthProbe() {
    app_.get("/well")([] { return "well"; });
    app_.get("/ill")([]() -> std::string { throw HttpError(503); });
    app_.get("/moved")([] { return redirect("/well"); });
  }

  App app_;
};

ServerOptions at_port(std::uint16_t port) {
  ServerOptions options;
  options.host = "0.0.0.0";
  options.port = port;
  return options;
}

TEST_F(HealthProbe, FindsAServerThatAnswers2xx) {
  Server server(app_, test_options());
  server.start();
  EXPECT_EQ(probe_health(at_port(server.port()), "/well"), "");
}

TEST_F(HealthProbe, TellsWhatAServerAnswers) {
  Server server(app_, test_options());
  server.start();
  const std::string where = "127.0.0.1:" + std::to_string(server.port());
  EXPECT_EQ(probe_health(at_port(server.port()), "/ill"), where + " answered 503");
  EXPECT_EQ(probe_health(at_port(server.port()), "/moved"), where + " answered 307");
  EXPECT_EQ(probe_health(at_port(server.port()), "/nowhere?a=b"), where + " answered 404");
}

TEST_F(HealthProbe, NamesTheHostThatTheServerExpects) {
  app_.use(TrustedHosts({"shop.example"}));
  Server server(app_, test_options());
  server.start();
  EXPECT_THAT(probe_health(at_port(server.port()), "/well"), HasSubstr("answered 400"));
  EXPECT_EQ(probe_health(at_port(server.port()), "http://shop.example/well?a=b"), "");
}

TEST(HealthTarget, IsAPathOrAnHttpUrl) {
  for (const char* good : {"/", "/a?b=c", "http://shop.example/health"}) EXPECT_TRUE(is_health_target(good)) << good;
  for (const char* bad : {"", "health", "/a b", "*", "https://shop.example/", "http:///", "/a\r\nx: y"})
    EXPECT_FALSE(is_health_target(bad)) << bad;
}

TEST_F(HealthProbe, AsksTheFirstListener) {
  ServerOptions options = test_options();
  options.listeners = {{.unix_socket = "@serval-health-" + std::to_string(::getpid())}, {.port = 0}};
  Server server(app_, options);
  server.start();
  EXPECT_EQ(probe_health(options, "/well"), "");
  EXPECT_THAT(probe_health(options, "/ill"), HasSubstr("unix:@serval-health-"));
}

TEST(HealthProbeAlone, SaysThatNobodyListens) {
  ServerOptions options;
  options.listeners = {{.unix_socket = "@serval-nobody"}};
  EXPECT_EQ(probe_health(options, "/"), "unix:@serval-nobody: Connection refused");
}

TEST(HealthProbeAlone, GivesUpAfterItsTime) {
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor silent(context, {boost::asio::ip::make_address("127.0.0.1"), 0});
  const std::uint16_t port = silent.local_endpoint().port();
  EXPECT_EQ(probe_health(at_port(port), "/", milliseconds(30)),
            "127.0.0.1:" + std::to_string(port) + ": no answer in 30 ms");
}

TEST(HealthProbeAlone, NeedsAnAddress) {
  ServerOptions options = at_port(0);
  EXPECT_THAT(probe_health(options, "/"), HasSubstr("any free port"));
  options.listeners = {{.descriptor = 3}};
  EXPECT_THAT(probe_health(options, "/"), HasSubstr("inherited socket"));
}

}  // namespace serval::detail::health_probe_test
