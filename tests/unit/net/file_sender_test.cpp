// SPDX-License-Identifier: MIT
#include "net/file_sender.hpp"

#include <gtest/gtest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/error.hpp>
#include <filesystem>
#include <string>
#include <utility>

#include "net/socket_transport.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::detail::file_sender_test {

/// A socket whose waits never complete. It does not own its descriptor.
class BareSocket final : public SocketTransport {
 public:
  explicit BareSocket(int socket) : SocketTransport(socket, {}) {}
  void wait(Event /*event*/, Observer& /*observer*/) override {}

 private:
  void close_handle(int /*handle*/) noexcept override {}
};

class FileSenders : public ::testing::Test {
 protected:
  FileSenders() {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends_) != 0) ends_[0] = ends_[1] = -1;
  }
  ~FileSenders() override {
    for (const int end : ends_) ::close(end);
  }
  std::shared_ptr<const FileBody> body(std::string_view text) {
    return std::make_shared<const FileBody>(http::OpenFile(folder_.write("file", text)));
  }
  std::size_t send(std::size_t max_bytes) {
    error_.clear();
    BareSocket socket(ends_[0]);
    return sender_.send(socket, max_bytes, error_);
  }
  std::string receive() {
    char buffer[256];
    const auto bytes = ::recv(ends_[1], buffer, sizeof buffer, 0);
    return bytes > 0 ? std::string(buffer, static_cast<std::size_t>(bytes)) : "";
  }

  testing::TemporaryFolder folder_;
  FileSender sender_;
  boost::system::error_code error_;
  int ends_[2];
};

TEST_F(FileSenders, AreEmptyUntilStarted) {
  EXPECT_TRUE(sender_.empty());
  sender_.start(body(""));
  EXPECT_TRUE(sender_.empty());
}

TEST_F(FileSenders, SendNoMoreThanTheyMay) {
  sender_.start(body("hello world"));
  EXPECT_EQ(send(5), 5U);
  EXPECT_FALSE(sender_.empty());
  EXPECT_EQ(send(100), 6U);
  EXPECT_TRUE(sender_.empty());
  EXPECT_EQ(receive(), "hello world");
}

TEST_F(FileSenders, SendTextsBetweenPieces) {
  const auto whole = body("hello world");
  sender_.start(std::make_shared<const FileBody>(
      *whole, std::vector<FileBody::Segment>{{.text = "<"}, {.offset = 6, .length = 5}, {.text = ">"}}));
  std::size_t bytes = 0;
  while (!sender_.empty()) bytes += send(2);
  EXPECT_EQ(bytes, 7U);
  EXPECT_EQ(receive(), "<world>");
}

TEST_F(FileSenders, TellThatTheSocketIsFull) {
  sender_.start(body(std::string(8 * 1024 * 1024, 'x')));
  while (!error_) send(1024 * 1024);
  EXPECT_EQ(error_, boost::asio::error::would_block);
  EXPECT_FALSE(sender_.empty());
}

TEST_F(FileSenders, TellThatTheFileWasCutShort) {
  sender_.start(body("hello"));
  std::filesystem::resize_file(folder_.path("file"), 2);
  EXPECT_EQ(send(100), 2U);
  EXPECT_EQ(send(100), 0U);
  EXPECT_EQ(error_, boost::asio::error::eof);
}

TEST_F(FileSenders, RaiseNoSignalWhereThePeerIsGone) {
  sender_.start(body("hello"));
  ::close(std::exchange(ends_[1], -1));
  EXPECT_EQ(send(100), 0U);
  EXPECT_EQ(error_, boost::asio::error::broken_pipe);
}

}  // namespace serval::detail::file_sender_test
