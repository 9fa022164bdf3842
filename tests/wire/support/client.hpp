// SPDX-License-Identifier: MIT
// A client of raw bytes for tests: it sends exactly the bytes of a test, and every read has a deadline.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace serval::testing {

/// One connection to 127.0.0.1. Every wait ends after ten seconds at the latest, so a test fails instead of hanging.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    set_option(IPPROTO_TCP, TCP_NODELAY, 1);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connect(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  /// Connects to a Unix socket. A path that begins with '@' is a name in the abstract namespace.
  explicit RawClient(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (path.starts_with('@')) address.sun_path[0] = '\0';
    connect(reinterpret_cast<const sockaddr*>(&address),
            static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size()));
  }
  RawClient(RawClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }

  /// Sends all bytes. Returns false if the server has closed the connection.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Returns the next whole response: the head and the body that its content-length announces. Returns less if the
  /// connection ends or time is up. `To::head`: the response to HEAD, which has no body.
  enum class To { get, head };
  std::string read_answer(To to = To::get) {
    for (;;) {
      if (const std::size_t size = answer_size(to); size != 0 && received_.size() >= size) {
        std::string answer = received_.substr(0, size);
        received_.erase(0, size);
        return answer;
      }
      if (!receive()) return std::exchange(received_, {});
    }
  }

  /// Returns everything that arrives until the server closes. `closed()` tells whether it did or whether time was up.
  std::string read_all() {
    while (receive()) {
    }
    return std::exchange(received_, {});
  }

  /// Returns whether the connection has ended, by FIN or by RST.
  [[nodiscard]] bool closed() const noexcept { return closed_; }
  [[nodiscard]] bool was_reset() const noexcept { return reset_; }

  /// Receives until this text has arrived. Returns false if the connection ends or time is up before.
  bool receive_until(std::string_view text) {
    while (received_.find(text) == std::string::npos) {
      if (!receive()) return false;
    }
    return true;
  }

  /// Waits for more bytes. Returns false if the connection has ended or time is up.
  bool receive() {
    if (closed_) return false;
    pollfd ready{socket_, POLLIN, 0};
    if (::poll(&ready, 1, 10'000) <= 0) return false;
    char buffer[65536];
    const auto bytes = ::recv(socket_, buffer, sizeof buffer, 0);
    if (bytes <= 0) {
      closed_ = true;
      reset_ = bytes < 0;
      return false;
    }
    received_.append(buffer, static_cast<std::size_t>(bytes));
    return true;
  }

  [[nodiscard]] const std::string& received() const noexcept { return received_; }
  [[nodiscard]] std::string take_received() noexcept { return std::exchange(received_, {}); }

  /// Sends FIN. Reading is still possible.
  void half_close() { ::shutdown(socket_, SHUT_WR); }
  /// Closes with RST.
  void reset() {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
  }
  /// Makes the receive window small, for tests of a client that does not read.
  void set_receive_buffer(int bytes) { set_option(SOL_SOCKET, SO_RCVBUF, bytes); }

  [[nodiscard]] int native_handle() const noexcept { return socket_; }

 private:
  void connect(const sockaddr* address, socklen_t size) {
    if (socket_ >= 0 && ::connect(socket_, address, size) == 0) return;
    const int fault = errno;
    ::close(socket_);
    throw std::system_error(fault, std::generic_category(), "connect");
  }
  void set_option(int level, int name, int value) { ::setsockopt(socket_, level, name, &value, sizeof value); }

  [[nodiscard]] std::size_t answer_size(To to) const {
    const std::size_t end = received_.find("\r\n\r\n");
    if (end == std::string::npos) return 0;
    constexpr std::string_view name = "\r\ncontent-length: ";
    const std::size_t field = std::string_view(received_).substr(0, end).find(name);
    std::size_t length = 0;
    if (field != std::string::npos && to == To::get) {
      std::from_chars(received_.data() + field + name.size(), received_.data() + end, length);
    }
    return end + 4 + length;
  }

  int socket_;
  std::string received_;
  bool closed_ = false;
  bool reset_ = false;
};

/// Returns a POST request with this body. Each field ends in CR LF; the fields contain neither a host nor a length.
[[nodiscard]] inline std::string post_request(std::string_view path, std::string_view fields, std::string_view body) {
  std::string request = "POST ";
  request.append(path).append(" HTTP/1.1\r\nhost: a\r\n").append(fields);
  request.append("content-length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  return request;
}
inline constexpr std::string_view json_type = "content-type: application/json\r\n";

/// Returns the status of a response; 0 if it has none.
[[nodiscard]] inline int status_of(std::string_view answer) {
  int status = 0;
  if (answer.starts_with("HTTP/1.1 ") && answer.size() > 12) {
    std::from_chars(answer.data() + 9, answer.data() + 12, status);
  }
  return status;
}

[[nodiscard]] inline std::string_view body_of(std::string_view answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  return end == std::string_view::npos ? std::string_view{} : answer.substr(end + 4);
}

/// Returns whether the head has this line, such as "connection: close".
[[nodiscard]] inline bool has_line(std::string_view answer, std::string_view line) {
  const std::string head(answer.substr(0, answer.find("\r\n\r\n") + 2));
  return head.find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
}

}  // namespace serval::testing
