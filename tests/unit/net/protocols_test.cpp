// SPDX-License-Identifier: MIT
// Protocols other than those of the core: a protocol that sends back what it receives.
#include "net/protocols.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>

#include <serval/serval.hpp>

#include "net/connection.hpp"
#include "net/session.hpp"
#include "tests/unit/support/log.hpp"
#include "tests/unit/support/scripted_session.hpp"

namespace serval::testing::protocols_test {

using namespace std::chrono_literals;
using detail::Connection;
using detail::SteadyTime;

int sessions = 0;

class Echo final : public detail::Session, private detail::Outgoing {
 public:
  explicit Echo(Connection& connection) : connection_(connection) { ++sessions; }
  ~Echo() override { --sessions; }

  void begin() override { connection_.await_readable(); }
  void on_readable() override {
    const auto received = connection_.receive();
    if (received == Connection::Received::end) return connection_.shut();
    text_ += connection_.input()->unread();
    connection_.return_input();
    if (text_ == "throw") throw std::runtime_error("a session's fault");
    on_writable();
    connection_.await_readable();
  }
  void on_writable() override {
    if (!connection_.is_writing() && connection_.flush(*this) == Connection::Flushed::failed) connection_.close();
  }
  void on_failure() override {}
  [[nodiscard]] SteadyTime due() const noexcept override { return detail::Deadlines::never; }
  void on_deadline() override {
    if (connection_.is_stalled()) connection_.close(detail::Transport::Close::reset);
  }
  void drain() override { connection_.shut(); }
  void on_closed() noexcept override {}

 private:
  [[nodiscard]] bool empty() const noexcept override { return text_.empty(); }
  std::size_t write(detail::Transport& transport, std::size_t, boost::system::error_code& error) override {
    const boost::asio::const_buffer bytes(text_.data(), text_.size());
    const std::size_t written = transport.write_some({&bytes, 1}, detail::Transport::Then::pause, error);
    text_.erase(0, written);
    return written;
  }

  Connection& connection_;
  std::string text_;
};

class Protocols : public ::testing::Test {
 protected:
  Protocols() {
    settings_.logger = log_.logger();
    settings_.protocols.add("echo", [](Connection& connection) -> boost::intrusive_ptr<detail::Session> {
      return boost::intrusive_ptr<detail::Session>(new Echo(connection));
    });
  }

  /// Plays the script and returns what the session sends.
  std::string play(Script script) {
    ScriptedSession session(app_, std::move(script), settings_);
    EXPECT_TRUE(session.settle());
    EXPECT_TRUE(session.is_over());
    return session.record.output;
  }

  MemoryLog log_;
  App app_{{.logger = log_.logger()}};
  detail::Settings settings_{};
};

TEST_F(Protocols, AreChosenByTheNameThatTheTransportHasAgreedOn) {
  EXPECT_EQ(play({.input = {"one", "two"}, .protocol = "echo"}), "onetwo");
  EXPECT_EQ(play({.input = {"one", "two"}, .protocol = "echo", .most_read = 1, .most_written = 1, .is_slow = true}),
            "onetwo");
  EXPECT_EQ(play({.input = {"GET / HTTP/1.0\r\n\r\n"}}).substr(0, 12), "HTTP/1.1 404");
  EXPECT_EQ(sessions, 0);
}

TEST_F(Protocols, EndTheConnectionWhereNobodyKnowsThem) {
  EXPECT_EQ(play({.input = {"one"}, .protocol = "unknown"}), "");
}

TEST_F(Protocols, AreReplacedByLaterOnesOfTheSameName) {
  settings_.protocols.add(std::string(detail::Transport::http1), [](Connection& connection) {
    return boost::intrusive_ptr<detail::Session>(new Echo(connection));
  });
  EXPECT_EQ(play({.input = {"one"}}), "one");
}

TEST_F(Protocols, EndTheirConnectionAloneByWhatTheyThrow) {
  EXPECT_EQ(play({.input = {"throw"}, .protocol = "echo"}), "");
  EXPECT_NE(log_.text().find("a session's fault"), std::string::npos);
  EXPECT_EQ(sessions, 0);
}

TEST_F(Protocols, EndAtTheDeadlineOfAWrite) {
  settings_.timeouts.write = 5s;
  ScriptedSession session(app_, {.input = {"one"}, .protocol = "echo", .most_written = 0, .stays = true}, settings_);
  EXPECT_TRUE(session.settle());
  session.pass(4'999ms);
  EXPECT_FALSE(session.is_over());
  session.pass(1ms);
  EXPECT_TRUE(session.is_over());
  EXPECT_TRUE(session.record.was_reset);
}

}  // namespace serval::testing::protocols_test
