// SPDX-License-Identifier: MIT
// The baseline: a bare epoll loop that sends the response of 01_hello to every request without parsing it. The
// additional time of a server is the cost of its library. Usage: `raw_epoll [--port N]`; 0, the default, means any free
// port.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view answer =
    "HTTP/1.1 200 OK\r\n"
    "date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
    "server: serval\r\n"
    "content-type: application/json\r\n"
    "content-length: 25\r\n"
    "\r\n"
    R"({"message":"Hello World"})";

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

int listen_on(std::uint16_t port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const int on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("bind");
  if (::listen(listener, 1024) != 0) fail("listen");
  socklen_t size = sizeof address;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  std::printf("http://127.0.0.1:%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return listener;
}

void watch(int poller, int socket) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = socket;
  if (::epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event) != 0) fail("epoll_ctl");
}

void accept_all(int poller, int listener) {
  for (int peer; (peer = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
    const int on = 1;
    ::setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(poller, peer);
  }
}

/// Returns the number of ends of heads (CR LF CR LF) in `bytes`. `matched`: how many bytes of such an end have arrived
/// at the end of the previous bytes; updated.
std::size_t count_requests(std::string_view bytes, unsigned char& matched) {
  std::size_t requests = 0;
  for (const char c : bytes) {
    if (c == '\r') {
      matched = matched == 2 ? 3 : 1;
    } else {
      if (c == '\n' && matched == 3) ++requests;
      matched = c == '\n' && matched == 1 ? 2 : 0;
    }
  }
  return requests;
}

/// Returns false if the peer has closed the connection or does not read the responses.
bool serve(int peer, unsigned char& matched, std::string& out) {
  static std::array<char, 65536> buffer;
  const ssize_t received = ::recv(peer, buffer.data(), buffer.size(), 0);
  if (received <= 0) return false;
  out.clear();
  for (std::size_t n = count_requests({buffer.data(), static_cast<std::size_t>(received)}, matched); n > 0; --n)
    out += answer;
  return out.empty() || ::send(peer, out.data(), out.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(out.size());
}

}  // namespace

int main(int argc, char** argv) {
  const bool has_port = argc == 3 && std::string_view(argv[1]) == "--port";
  const int listener = listen_on(has_port ? static_cast<std::uint16_t>(std::atoi(argv[2])) : 0);
  const int poller = ::epoll_create1(0);
  watch(poller, listener);
  std::vector<unsigned char> matched(65536);  // the index is the descriptor of the connection
  std::string out;
  std::array<epoll_event, 256> events;
  for (;;) {
    const int ready = ::epoll_wait(poller, events.data(), static_cast<int>(events.size()), -1);
    for (std::size_t i = 0; static_cast<int>(i) < ready; ++i) {
      const int socket = events[i].data.fd;
      if (socket == listener) {
        accept_all(poller, listener);
      } else if (unsigned char& state = matched[static_cast<std::size_t>(socket)]; !serve(socket, state, out)) {
        state = 0;
        ::close(socket);
      }
    }
  }
}
