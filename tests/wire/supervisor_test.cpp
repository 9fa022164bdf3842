// SPDX-License-Identifier: MIT
// A program and its supervisor: sockets that are passed on, and notifications of start and stop.
#include <gtest/gtest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <string>

#include <serval/serval.hpp>
#include <serval/server.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/listening.hpp"

namespace serval::testing::supervisor_test {

using Supervised = ListeningTest;

/// Gives `descriptor` the number `number`, which may be in use. The destructor restores what had that number.
class Lent {
 public:
  Lent(int number, int descriptor) : number_(number) {
    if (descriptor == number) return;
    before_ = ::fcntl(number, F_DUPFD_CLOEXEC, 100);
    ::dup2(descriptor, number);
    ::close(descriptor);
  }
  ~Lent() {
    if (before_ < 0) return;
    ::dup2(before_, number_);
    ::close(before_);
  }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;

 private:
  int number_;
  int before_ = -1;  // below 0: there is nothing to restore
};

class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

/// A service manager that receives notifications, as systemd does.
class Supervisor {
 public:
  explicit Supervisor(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    const timeval limit{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  ~Supervisor() { ::close(socket_); }
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;
  std::string next() const { return receive(0); }
  /// Returns an empty text if no notification has arrived.
  std::string next_now() const { return receive(MSG_DONTWAIT); }

 private:
  std::string receive(int flags) const {
    char buffer[256];
    const auto bytes = ::recv(socket_, buffer, sizeof buffer, flags);
    return bytes > 0 ? std::string(buffer, static_cast<std::size_t>(bytes)) : "";
  }

  int socket_;
};

TEST_F(Supervised, ServesWhatItIsHandedAndTellsOfStartAndStop) {
  const Lent lent(3, listen_at(path_));
  const Supervisor supervisor(folder_.path("notify"));
  const Variable notify("NOTIFY_SOCKET", folder_.path("notify"));
  const Variable pid("LISTEN_PID", std::to_string(::getpid()));
  const Variable count("LISTEN_FDS", "1");
  auto exit_code = std::async(std::launch::async, [&] {
    const char* arguments[] = {"program", "--no-access-log", "--log-level=off"};
    return app_.run(3, arguments);
  });
  EXPECT_EQ(supervisor.next(), "READY=1");
  EXPECT_EQ(ask(RawClient(path_)), "client unix:");
  std::raise(SIGTERM);
  EXPECT_EQ(supervisor.next(), "STOPPING=1");
  EXPECT_EQ(exit_code.get(), 0);
}

TEST_F(Supervised, ServesWhatItsArgumentsNameInstead) {
  const Supervisor supervisor(folder_.path("notify"));
  const Variable notify("NOTIFY_SOCKET", folder_.path("notify"));
  const Variable pid("LISTEN_PID", std::to_string(::getpid()));
  const Variable count("LISTEN_FDS", "1");
  auto exit_code = std::async(std::launch::async, [&] {
    const std::string listen = "--listen=unix:" + path_;
    const char* arguments[] = {"program",      "--no-access-log", "--log-level=off",
                               listen.c_str(), "--listen",        "127.0.0.1:0"};
    return app_.run(6, arguments, options_for({unix_listener(folder_.path("of the code"))}));
  });
  EXPECT_EQ(supervisor.next(), "READY=1");
  EXPECT_EQ(ask(RawClient(path_)), "client unix:");
  EXPECT_FALSE(std::filesystem::exists(folder_.path("of the code")));
  std::raise(SIGTERM);
  EXPECT_EQ(exit_code.get(), 0);
}

TEST_F(Supervised, IsNotToldOfAProgramThatStopsAsItStarts) {
  const Supervisor supervisor(folder_.path("notify"));
  const Variable notify("NOTIFY_SOCKET", folder_.path("notify"));
  app_.on_start([&] {
    std::raise(SIGTERM);
    EXPECT_EQ(supervisor.next(), "STOPPING=1");
  });
  const char* arguments[] = {"program", "--no-access-log", "--log-level=off", "--port", "0"};
  EXPECT_EQ(app_.run(5, arguments), 0);
  EXPECT_EQ(supervisor.next_now(), "") << "it was never ready";
}

}  // namespace serval::testing::supervisor_test
