// SPDX-License-Identifier: MIT
// The baseline for uploads: a bare Asio loop that reads the body of every request and ignores its content. It supports
// just enough of HTTP to respond: it reads a whole head first, bodies have a content-length, and each connection
// carries one request.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

class Upload : public std::enable_shared_from_this<Upload> {
 public:
  explicit Upload(tcp::socket socket) : socket_(std::move(socket)) {}

  void read_head() {
    boost::asio::async_read_until(socket_, boost::asio::dynamic_buffer(head_), "\r\n\r\n",
                                  [self = shared_from_this()](error_code error, std::size_t size) {
                                    if (!error) self->begin(size);
                                  });
  }

 private:
  void begin(std::size_t head_size) {
    constexpr std::string_view name = "content-length: ";
    if (const std::size_t at = head_.find(name); at < head_size) {
      std::from_chars(head_.data() + at + name.size(), head_.data() + head_size, left_);
    }
    left_ -= head_.size() - head_size;
    read_body();
  }
  void read_body() {
    if (left_ == 0) {
      boost::asio::async_write(socket_, boost::asio::buffer(answer), [self = shared_from_this()](auto...) {});
      return;
    }
    socket_.async_read_some(boost::asio::buffer(buffer_),
                            [self = shared_from_this()](error_code error, std::size_t size) {
                              if (error) return;
                              self->left_ -= size;
                              self->read_body();
                            });
  }

  tcp::socket socket_;
  std::string head_;
  std::array<char, 64 * 1024> buffer_{};
  std::uint64_t left_ = 0;
};

void accept(tcp::acceptor& acceptor) {
  acceptor.async_accept([&acceptor](error_code error, tcp::socket socket) {
    if (!error) std::make_shared<Upload>(std::move(socket))->read_head();
    accept(acceptor);
  });
}

}  // namespace

int main() {
  boost::asio::io_context context(1);
  tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), 0});
  std::printf("http://127.0.0.1:%d\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  accept(acceptor);
  context.run();
}
