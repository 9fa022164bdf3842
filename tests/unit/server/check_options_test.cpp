// SPDX-License-Identifier: MIT
#include "server/check_options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include <serval/server/server.hpp>

#include "tests/unit/support/setup_error.hpp"
#include "tests/wire/support/server_fixture.hpp"

namespace serval::detail::check_options_test {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

/// Returns the fault of the options after `set` has changed them.
std::string fault(const std::function<void(ServerOptions&)>& set) {
  ServerOptions options;
  set(options);
  return error_of([&] { check_options(options); });
}
std::string fault_of_listener(ListenerOptions listener) {
  return fault([&](ServerOptions& options) { options.listeners = {std::move(listener)}; });
}

TEST(ServerOptionsCheck, TakesTheDefaults) {
  EXPECT_EQ(fault([](ServerOptions&) {}), "no error");
}

TEST(ServerOptionsCheck, IsMadeByTheConstructorOfAServer) {
  const testing::EchoService service;
  ServerOptions options;
  options.backlog = -1;
  EXPECT_EQ(error_of([&] { const Server server(service, options); }),
            "ServerOptions::backlog is -1; it must be 0 or more");
}

TEST(ServerOptionsCheck, RefusesAnEmptyHost) {
  EXPECT_THAT(fault([](ServerOptions& o) { o.host = ""; }), HasSubstr("ServerOptions::host is empty; \"0.0.0.0\" is"));
  EXPECT_EQ(fault([](ServerOptions& o) {
              o.host = "";
              o.listeners = {{.port = 1}};
            }),
            "no error");
}

TEST(ServerOptionsCheck, RefusesANegativeBacklog) {
  EXPECT_EQ(fault([](ServerOptions& o) { o.backlog = -7; }), "ServerOptions::backlog is -7; it must be 0 or more");
  EXPECT_EQ(fault([](ServerOptions& o) { o.backlog = 0; }), "no error");
}

TEST(ServerOptionsCheck, RefusesMoreEventLoopsThanAMachineCanUse) {
  EXPECT_EQ(fault([](ServerOptions& o) { o.threads = 1025; }),
            "ServerOptions::threads is 1025; it must be from 0 to 1024");
  EXPECT_EQ(fault([](ServerOptions& o) { o.threads = 1024; }), "no error");
}

TEST(ServerOptionsCheck, RefusesTimesThatNoClockCanTell) {
  struct Case {
    const char* option;
    milliseconds& (*time)(ServerOptions& options);
  };
  const Case cases[] = {
      {"timeouts.header", [](ServerOptions& o) -> milliseconds& { return o.timeouts.header; }},
      {"timeouts.body_idle", [](ServerOptions& o) -> milliseconds& { return o.timeouts.body_idle; }},
      {"timeouts.body_rate_window", [](ServerOptions& o) -> milliseconds& { return o.timeouts.body_rate_window; }},
      {"timeouts.write", [](ServerOptions& o) -> milliseconds& { return o.timeouts.write; }},
      {"timeouts.keep_alive", [](ServerOptions& o) -> milliseconds& { return o.timeouts.keep_alive; }},
      {"timeouts.handler", [](ServerOptions& o) -> milliseconds& { return o.timeouts.handler; }},
      {"web_sockets.ping_interval", [](ServerOptions& o) -> milliseconds& { return o.web_sockets.ping_interval; }},
      {"web_sockets.close_timeout", [](ServerOptions& o) -> milliseconds& { return o.web_sockets.close_timeout; }},
      {"linger", [](ServerOptions& o) -> milliseconds& { return o.linger; }},
      {"stop_delay", [](ServerOptions& o) -> milliseconds& { return o.stop_delay; }},
      {"stop_grace", [](ServerOptions& o) -> milliseconds& { return o.stop_grace; }},
      {"stall_threshold", [](ServerOptions& o) -> milliseconds& { return o.stall_threshold; }},
  };
  for (const auto& [option, time] : cases) {
    const auto fault_with = [time = time](milliseconds value) {
      return fault([&](ServerOptions& options) { time(options) = value; });
    };
    const std::string name = std::string("ServerOptions::") + option;
    EXPECT_EQ(fault_with(milliseconds(-1)), name + " is -1 ms; it must be from 0 to 100 years");
    EXPECT_THAT(fault_with(milliseconds::max()), HasSubstr(name + " is 9223372036854775807 ms; it must be from 0"));
    EXPECT_EQ(fault_with(milliseconds(0)), "no error") << option;
  }
}

TEST(ServerOptionsCheck, TakesAStopWithoutEnd) {
  EXPECT_EQ(fault([](ServerOptions& o) { o.stop_deadline = milliseconds::max(); }), "no error");
  EXPECT_EQ(fault([](ServerOptions& o) { o.stop_deadline = milliseconds(0); }), "no error");
  EXPECT_EQ(fault([](ServerOptions& o) { o.stop_deadline = milliseconds(-1); }),
            "ServerOptions::stop_deadline is -1 ms; it must be 0 or more");
}

TEST(ServerOptionsCheck, RefusesAStopDelayThatTakesAllTheTimeOfTheStop) {
  EXPECT_THAT(fault([](ServerOptions& o) { o.stop_delay = o.stop_deadline; }),
              HasSubstr("ServerOptions::stop_delay (8000 ms) must be shorter than stop_deadline (8000 ms)"));
}

TEST(ListenerCheck, TakesOneOfThreePlaces) {
  EXPECT_EQ(fault_of_listener({.host = "::1", .port = 0}), "no error");
  EXPECT_EQ(fault_of_listener({.unix_socket = "/run/a"}), "no error");
  EXPECT_EQ(fault_of_listener({.unix_socket = "@a"}), "no error");
  EXPECT_EQ(fault_of_listener({.descriptor = 0}), "no error");
}

TEST(ListenerCheck, RefusesSeveralPlacesInOne) {
  EXPECT_EQ(fault_of_listener({.unix_socket = "/run/a", .descriptor = 3}),
            "ServerOptions::listeners[0].unix_socket and descriptor are both set; set one of them");
  EXPECT_EQ(fault_of_listener({.host = "::1", .unix_socket = "/run/a"}),
            "ServerOptions::listeners[0].host or port is set together with unix_socket; set one of them");
  EXPECT_EQ(fault_of_listener({.port = 80, .descriptor = 3}),
            "ServerOptions::listeners[0].host or port is set together with descriptor; set one of them");
}

TEST(ListenerCheck, RefusesAnEmptyHost) {
  EXPECT_THAT(fault_of_listener({.host = ""}), HasSubstr("ServerOptions::listeners[0].host is empty"));
}

TEST(ListenerCheck, RefusesADescriptorThatIsNone) {
  EXPECT_EQ(fault_of_listener({.descriptor = -2}),
            "ServerOptions::listeners[0].descriptor is -2; it must be 0 or more, or -1 for none");
}

TEST(ListenerCheck, RefusesADescriptorThatIsGivenTwice) {
  EXPECT_EQ(fault([](ServerOptions& o) {
              o.listeners = {{.descriptor = 3}, {.port = 1}, {.descriptor = 3}};
            }),
            "ServerOptions::listeners[2].descriptor is 3, which another listener before it uses");
  EXPECT_EQ(fault([](ServerOptions& o) { o.listeners = {{.port = 1}, {.port = 2}}; }), "no error");
}

TEST(ListenerCheck, RefusesAPathThatIsTooLong) {
  EXPECT_EQ(fault_of_listener({.unix_socket = std::string(107, 'x')}), "no error");
  const std::string path(108, 'x');
  EXPECT_EQ(fault_of_listener({.unix_socket = path}),
            "ServerOptions::listeners[0].unix_socket is \"" + path + "\"; it must be at most 107 bytes");
}

TEST(ListenerCheck, RefusesPermissionsBeyondThoseOfAFile) {
  EXPECT_EQ(fault_of_listener({.unix_socket = "/run/a", .unix_mode = 0777}), "no error");
  EXPECT_EQ(fault_of_listener({.unix_socket = "/run/a", .unix_mode = 01777}),
            "ServerOptions::listeners[0].unix_mode is 01777; it must be from 0 to 0777");
}

TEST(ListenerCheck, RefusesPermissionsOfWhatHasNoFile) {
  const std::string rule =
      "unix_mode is set, but there is no file of a Unix socket; set unix_socket to a path, or remove unix_mode";
  EXPECT_THAT(fault_of_listener({.unix_mode = 0600}), HasSubstr(rule));
  EXPECT_THAT(fault_of_listener({.unix_socket = "@a", .unix_mode = 0600}), HasSubstr(rule));
  EXPECT_THAT(fault_of_listener({.unix_mode = 0600, .descriptor = 3}), HasSubstr(rule));
}

}  // namespace serval::detail::check_options_test
