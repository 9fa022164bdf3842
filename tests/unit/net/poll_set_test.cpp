// SPDX-License-Identifier: MIT
#include "net/poll_set.hpp"

#ifdef __linux__

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace serval::detail::poll_set_test {

using ::testing::ElementsAre;
using Event = Transport::Event;

/// A socket with its peer, and the events that were reported for it.
class Socket final : private Transport::Observer {
 public:
  explicit Socket(PollSet& set) : set_(set) {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends_) != 0) ends_[0] = ends_[1] = -1;
  }
  ~Socket() {
    close();
    ::close(ends_[1]);
    EXPECT_EQ(references_, 0);
  }
  void wait(Event event) { set_.wait(member_, ends_[0], event, *this); }
  void close() {
    if (ends_[0] < 0) return;
    set_.remove(member_, ends_[0]);
    ::close(ends_[0]);
    ends_[0] = -1;
  }
  void send() const { EXPECT_EQ(::send(ends_[1], "x", 1, MSG_NOSIGNAL), 1); }
  void close_peer() {
    ::close(ends_[1]);
    ends_[1] = -1;
  }
  std::string read() const {
    char buffer[16];
    const auto bytes = ::recv(ends_[0], buffer, sizeof buffer, 0);
    return bytes > 0 ? std::string(buffer, static_cast<std::size_t>(bytes)) : "";
  }
  int references() const { return references_; }

  std::vector<Event> events;
  std::function<void()> then;

 private:
  void on_event(Event event) noexcept override {
    events.push_back(event);
    if (then) then();
  }
  void add_reference() noexcept override { ++references_; }
  void release_reference() noexcept override { --references_; }

  PollSet& set_;
  PollSet::Member member_;
  int ends_[2];
  int references_ = 0;
};

class PollSets : public ::testing::Test {
 protected:
  void run() {
    context_.restart();
    context_.poll();
  }
  boost::asio::io_context context_{1};
  PollSet set_{context_};
};

TEST_F(PollSets, ReportWhatIsWaitedForOnce) {
  Socket socket(set_);
  socket.wait(Event::readable);
  run();
  EXPECT_THAT(socket.events, ElementsAre());
  EXPECT_EQ(socket.references(), 1);
  socket.send();
  run();
  EXPECT_THAT(socket.events, ElementsAre(Event::readable));
  EXPECT_EQ(socket.references(), 0);
  run();
  EXPECT_EQ(socket.events.size(), 1U);
}

TEST_F(PollSets, ReportInputThatCameWhileNobodyWaited) {
  Socket socket(set_), other(set_);
  other.wait(Event::readable);
  socket.wait(Event::readable);
  socket.send();
  run();
  run();  // the kernel reports the input again, and the set stops watching for it
  socket.wait(Event::readable);
  run();
  EXPECT_EQ(socket.events.size(), 2U);
  EXPECT_EQ(socket.read(), "x");
  socket.wait(Event::readable);
  run();
  EXPECT_EQ(socket.events.size(), 2U);
}

/// Otherwise the loop would spin.
TEST_F(PollSets, RestWhileInputIsNotWaitedFor) {
  Socket socket(set_), other(set_);
  other.wait(Event::readable);
  socket.wait(Event::readable);
  socket.send();
  run();
  run();
  context_.restart();
  EXPECT_EQ(context_.poll(), 0U);
}

TEST_F(PollSets, RestAfterAnErrorThatNobodyWaitsFor) {
  Socket socket(set_), other(set_);
  other.wait(Event::readable);
  socket.wait(Event::readable);
  socket.send();
  run();
  socket.close_peer();
  run();
  run();
  context_.restart();
  EXPECT_EQ(context_.poll(), 0U);
  socket.wait(Event::failed);
  run();
  EXPECT_THAT(socket.events, ElementsAre(Event::readable, Event::failed));
}

TEST_F(PollSets, ReportRoomAndInputApart) {
  Socket socket(set_);
  socket.wait(Event::readable);
  socket.wait(Event::writable);
  socket.wait(Event::failed);
  run();
  EXPECT_THAT(socket.events, ElementsAre(Event::writable));
  EXPECT_EQ(socket.references(), 1);
  run();
  EXPECT_EQ(socket.events.size(), 1U);
  socket.send();
  run();
  EXPECT_THAT(socket.events, ElementsAre(Event::writable, Event::readable));
}

TEST_F(PollSets, ReportAPeerThatHasGoneToAllWhoWait) {
  Socket socket(set_);
  socket.wait(Event::readable);
  socket.wait(Event::failed);
  socket.close_peer();
  run();
  EXPECT_THAT(socket.events, ElementsAre(Event::readable, Event::failed));
}

TEST_F(PollSets, ReportNothingToWhoIsRemovedAmongOthers) {
  Socket first(set_), second(set_);
  for (Socket* socket : {&first, &second}) {
    socket->wait(Event::readable);
    socket->send();
  }
  first.then = [&] { second.close(); };
  second.then = [&] { first.close(); };
  run();
  EXPECT_EQ(first.events.size() + second.events.size(), 1U);
  EXPECT_EQ(first.references() + second.references(), 0);
}

TEST_F(PollSets, LetTheSessionWaitAgainAsItIsTold) {
  Socket socket(set_);
  int left = 3;
  socket.then = [&] {
    EXPECT_EQ(socket.read(), "x");
    if (--left == 0) return;
    socket.wait(Event::readable);
    socket.send();
  };
  socket.wait(Event::readable);
  socket.send();
  run();
  EXPECT_EQ(socket.events.size(), 3U);
}

TEST_F(PollSets, TakeMoreSocketsThanTheyReportAtOnce) {
  std::vector<std::unique_ptr<Socket>> sockets;
  for (int i = 0; i < 300; ++i) {
    sockets.push_back(std::make_unique<Socket>(set_));
    sockets.back()->wait(Event::readable);
    sockets.back()->send();
  }
  run();
  for (const auto& socket : sockets) EXPECT_EQ(socket->events.size(), 1U);
}

TEST_F(PollSets, LeaveTheContextNothingToDoWhereNobodyWaits) {
  Socket socket(set_);
  socket.wait(Event::readable);
  socket.send();
  context_.run();  // returns because no wait is left
  EXPECT_EQ(socket.events.size(), 1U);
}

TEST(PollSet, MayGoBeforeItsContext) {
  boost::asio::io_context context;
  auto set = std::make_unique<PollSet>(context);
  {
    Socket socket(*set);
    socket.wait(Event::readable);
    context.poll();
  }
  set.reset();
  context.restart();
  context.run();
}

}  // namespace serval::detail::poll_set_test

#endif
