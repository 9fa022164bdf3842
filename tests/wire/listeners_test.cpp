// SPDX-License-Identifier: MIT
// Where a server accepts connections: several ports, Unix sockets, sockets that others have opened.
#include <serval/http/listener_options.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "tests/wire/support/client.hpp"
#include "tests/wire/support/embedding_program.hpp"
#include "tests/wire/support/exchange.hpp"
#include "tests/wire/support/listening.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::testing::listeners_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using Listeners = ListeningTest;

TEST_F(Listeners, ServeTogether) {
  Server server(app_, options_for({{.port = 0}, {.host = "::1", .port = 0}, unix_listener(path_)}));
  server.start();
  const std::vector<std::string> addresses = server.addresses();
  EXPECT_THAT(addresses, ElementsAre("http://127.0.0.1:" + std::to_string(server.port()), StartsWith("http://[::1]:"),
                                     "unix:" + path_));
  EXPECT_EQ(ask(RawClient(server.port())), "client 127.0.0.1");
  EXPECT_EQ(ask(RawClient(path_)), "client unix:");
}

TEST_F(Listeners, OfTwoPortsTellTheFirst) {
  Server server(app_, options_for({unix_listener(path_), {.port = 0}, {.port = 0}}));
  EXPECT_THAT(server.addresses(), ElementsAre());
  server.start();
  EXPECT_EQ(server.addresses()[1], "http://127.0.0.1:" + std::to_string(server.port()));
}

TEST_F(Listeners, ServeOnACallersContext) {
  boost::asio::io_context context;
  Server server(app_, context, options_for({{.port = 0}, unix_listener(path_)}));
  server.start();
  std::thread runner([&] { context.run(); });
  EXPECT_EQ(ask(RawClient(path_)), "client unix:");
  EXPECT_EQ(ask(RawClient(server.port())), "client 127.0.0.1");
  server.stop(std::chrono::hours(1));
  runner.join();  // returns because the context has no work left
  server.join();
}

TEST_F(Listeners, AllCloseAsTheServerStops) {
  Server server(app_, options_for({{.port = 0}, unix_listener(path_)}));
  server.start();
  const std::uint16_t port = server.port();
  server.stop();
  server.join();
  EXPECT_THROW(RawClient{port}, std::system_error);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

/// If one of the listeners fails, no other is left open.
TEST_F(Listeners, AreAllThereOrNone) {
  const int busy = listen_at(folder_.path("busy"));
  Server server(app_, options_for({unix_listener(path_), unix_listener(folder_.path("busy"))}));
  EXPECT_THAT(error_of(server), StartsWith("cannot bind unix:" + folder_.path("busy") + ": Address already in use"));
  EXPECT_FALSE(std::filesystem::exists(path_));
  ::close(busy);
  server.start();  // replaces the socket file that is left there
  EXPECT_EQ(ask(RawClient(folder_.path("busy"))), "client unix:");
}

TEST_F(Listeners, ReplaceAUnixSocketThatNobodyListensAt) {
  ::close(listen_at(path_));
  Server server(app_, options_for({unix_listener(path_)}));
  server.start();
  EXPECT_EQ(ask(RawClient(path_)), "client unix:");
}

TEST_F(Listeners, LeaveAnotherFileAlone) {
  folder_.write("socket", "precious");
  Server server(app_, options_for({unix_listener(path_)}));
  EXPECT_THAT(error_of(server), HasSubstr("Address already in use"));
  EXPECT_EQ(text_of(path_), "precious");
}

/// The successor stands for another server that replaces this one.
TEST_F(Listeners, LeaveTheSocketOfASuccessorAlone) {
  Server server(app_, options_for({unix_listener(path_)}));
  server.start();
  std::filesystem::remove(path_);
  const int successor = listen_at(path_);
  server.stop();
  server.join();
  EXPECT_TRUE(std::filesystem::exists(path_));
  ::close(successor);
}

TEST_F(Listeners, HaveThePermissionsThatAreWanted) {
  ListenerOptions listener = unix_listener(path_);
  listener.unix_mode = 0620;
  Server server(app_, options_for({listener}));
  server.start();
  struct stat file {};
  ASSERT_EQ(::stat(path_.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0620U);
}

#ifdef __linux__
TEST_F(Listeners, MayHaveANameWithoutAFile) {
  const std::string name = '@' + path_;
  Server server(app_, options_for({unix_listener(name)}));
  server.start();
  EXPECT_THAT(server.addresses(), ElementsAre("unix:" + name));
  EXPECT_EQ(ask(RawClient(name)), "client unix:");
}
#endif

TEST_F(Listeners, TakeOverASocketThatListens) {
  ListenerOptions listener;
  listener.descriptor = listen_at(path_);
  Server server(app_, options_for({listener}));
  server.start();
  EXPECT_THAT(server.addresses(), ElementsAre("unix:" + path_));
  EXPECT_EQ(ask(RawClient(path_)), "client unix:");
  server.stop();
  server.join();
  EXPECT_TRUE(std::filesystem::exists(path_)) << "the file belongs to whoever has made it";
}

TEST_F(Listeners, TakeOverATcpSocket) {
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), 0});
  const std::uint16_t port = acceptor.local_endpoint().port();
  ListenerOptions listener;
  listener.descriptor = ::dup(acceptor.native_handle());
  Server server(app_, options_for({listener}));
  server.start();
  EXPECT_EQ(server.port(), port);
  EXPECT_EQ(ask(RawClient(port)), "client 127.0.0.1");
}

TEST_F(Listeners, RefuseADescriptorThatDoesNotListen) {
  ListenerOptions listener;
  listener.descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Server server(app_, options_for({listener}));
  EXPECT_THAT(error_of(server), StartsWith("cannot serve on descriptor " + std::to_string(listener.descriptor) +
                                           ", which is not a listening socket"));
  EXPECT_EQ(::close(listener.descriptor), 0) << "it was not taken over";
}

TEST_F(Listeners, LeaveADescriptorToItsOwnerWhereTheServerCannotStart) {
  const int busy = listen_at(folder_.path("busy"));
  ListenerOptions listener;
  listener.descriptor = listen_at(path_);
  Server server(app_, options_for({listener, unix_listener(folder_.path("busy"))}));
  EXPECT_THAT(error_of(server), HasSubstr("Address already in use"));
  ::close(busy);
  server.start();
  EXPECT_EQ(ask(RawClient(path_)), "client unix:");
}

TEST_F(Listeners, RefuseADescriptorThatIsGivenTwice) {
  ListenerOptions listener;
  listener.descriptor = listen_at(path_);
  EXPECT_THROW(Server(app_, options_for({listener, listener})), SetupError);
  EXPECT_EQ(::close(listener.descriptor), 0) << "it was not taken over";
}

/// The server reads what a client of a Unix socket has sent before it closed, although the system reports a hang-up.
TEST_F(Listeners, ReadWhatAUnixClientHasSentBeforeItWent) {
  std::atomic<std::size_t> read{0};
  std::atomic<bool> may_read{false}, has_begun{false};
  app_.post("/upload", {.max_body_bytes = 0})([&](BodyStream& body) -> Task<void> {
    has_begun = true;
    while (!may_read) co_await wait(std::chrono::milliseconds(1));
    while (const auto piece = co_await body.next()) read += piece->size();
  });
  Server server(app_, options_for({unix_listener(path_)}));
  server.start();
  {
    RawClient client(path_);
    client.send("POST /upload HTTP/1.1\r\nhost: a\r\ncontent-length: 100000\r\n\r\n" + std::string(100'000, 'x'));
    EXPECT_TRUE(eventually([&] { return has_begun.load(); }));
  }
  may_read = true;
  EXPECT_TRUE(eventually([&] { return read == 100'000; })) << read;
}

TEST_F(Listeners, ShareTheLimitOfConnections) {
  ServerOptions options = options_for({{.port = 0}, unix_listener(path_)});
  options.max_connections = 1;
  Server server(app_, options);
  server.start();
  std::optional<RawClient> first(server.port());
  first->send(get_root);
  EXPECT_EQ(status_of(first->read_answer()), 200);
  RawClient second(path_);
  second.send(get_root);
  first->send(get_root);  // its response shows that the loop has looked at the other listener, too
  EXPECT_EQ(status_of(first->read_answer()), 200);
  EXPECT_EQ(server.stats().accepted, 1U);
  first.reset();
  EXPECT_EQ(status_of(second.read_answer()), 200);
}

TEST_F(Listeners, AreNamedInTheAccessLog) {
  MemoryLog log;
  ServerOptions options = options_for({unix_listener(path_)});
  options.logger = log.logger();
  options.access_log = true;
  Server server(app_, options);
  server.start();
  ask(RawClient(path_));
  server.stop();
  server.join();
  EXPECT_THAT(log.text(), HasSubstr("unix: - \"GET / HTTP/1.1\" 200"));
}

}  // namespace serval::testing::listeners_test
