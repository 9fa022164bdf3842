// SPDX-License-Identifier: MIT
// The client for measuring large bodies and many streams, over raw sockets:
//
//   transfer_client upload PORT BYTES
//       posts BYTES bytes to /hash; prints the seconds, the hash and the body of the response
//   transfer_client download PORT PATH BYTES
//       gets a body of BYTES bytes and discards it; prints the seconds
//   transfer_client streams PORT COUNT
//       opens COUNT event streams and prints "open"; after a byte of input, publishes an event of 100 bytes; prints the
//       seconds until all streams have received the event, and how many have
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "stream_hash.hpp"

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

int connect_to(std::uint16_t port) {
  const int peer = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (peer < 0 || ::connect(peer, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("connect");
  return peer;
}

void send_all(int peer, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) fail("send");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string read_to_end(int peer) {
  std::string all;
  char buffer[4096];
  for (ssize_t n; (n = ::recv(peer, buffer, sizeof buffer, 0)) > 0;) all.append(buffer, static_cast<std::size_t>(n));
  return all;
}

std::string head(std::string_view method_and_target, std::uint64_t length) {
  return std::string(method_and_target) +
         " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: " + std::to_string(length) + "\r\n\r\n";
}

int upload(std::uint16_t port, std::uint64_t bytes) {
  std::string piece(256 * 1024, '\0');
  for (std::size_t i = 0; i < piece.size(); ++i) piece[i] = static_cast<char>(i * 7 + i / 251);
  bench::StreamHash hash;
  for (std::uint64_t left = bytes; left > 0;) {
    const std::string_view part = std::string_view(piece).substr(0, left);
    hash.update(part);
    left -= part.size();
  }
  const int peer = connect_to(port);
  const auto start = Clock::now();
  send_all(peer, head("POST /hash", bytes));
  for (std::uint64_t left = bytes; left > 0;) {
    const std::string_view part = std::string_view(piece).substr(0, left);
    send_all(peer, part);
    left -= part.size();
  }
  const std::string answer = read_to_end(peer);
  std::printf("%f %llu %s\n", seconds_since(start), static_cast<unsigned long long>(hash.digest()),
              answer.substr(answer.find("\r\n\r\n") + 4).c_str());
  return 0;
}

int download(std::uint16_t port, const std::string& path, std::uint64_t bytes) {
  const int peer = connect_to(port);
  const auto start = Clock::now();
  send_all(peer, head("GET " + path, 0));
  std::vector<char> buffer(256 * 1024);
  std::uint64_t received = 0;
  std::size_t head_size = 0;
  for (ssize_t n; (n = ::recv(peer, buffer.data(), buffer.size(), 0)) > 0; received += static_cast<std::uint64_t>(n)) {
    if (received == 0) {
      head_size = std::string_view(buffer.data(), static_cast<std::size_t>(n)).find("\r\n\r\n") + 4;
    }
  }
  if (received - head_size != bytes) {
    std::fprintf(stderr, "%llu bytes were received\n", static_cast<unsigned long long>(received));
    return 1;
  }
  std::printf("%f\n", seconds_since(start));
  return 0;
}

/// Reads from all streams until each has received `wanted` or nothing arrives for 30 s; returns how many have received
/// it.
std::size_t await_each(int poller, std::vector<std::string>& received, const std::vector<int>& peers,
                       std::string_view wanted) {
  std::size_t done = 0;
  std::vector<epoll_event> ready(512);
  while (done < peers.size()) {
    const int count = ::epoll_wait(poller, ready.data(), static_cast<int>(ready.size()), 30'000);
    if (count <= 0) break;
    for (int i = 0; i < count; ++i) {
      const std::size_t index = ready[static_cast<std::size_t>(i)].data.u64;
      char buffer[4096];
      const ssize_t n = ::recv(peers[index], buffer, sizeof buffer, MSG_DONTWAIT);
      if (n <= 0) return done;
      const bool had = received[index].find(wanted) != std::string::npos;
      received[index].append(buffer, static_cast<std::size_t>(n));
      if (!had && received[index].find(wanted) != std::string::npos) ++done;
    }
  }
  return done;
}

int streams(std::uint16_t port, std::size_t count) {
  const int poller = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<int> peers;
  std::vector<std::string> received(count);
  for (std::size_t i = 0; i < count; ++i) {
    peers.push_back(connect_to(port));
    send_all(peers.back(), "GET /events HTTP/1.1\r\nhost: localhost\r\n\r\n");
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(poller, EPOLL_CTL_ADD, peers.back(), &event);
  }
  if (await_each(poller, received, peers, "data: open\n\n") != count) fail("streams did not open");
  std::printf("open\n");
  std::fflush(stdout);
  if (std::getchar() == EOF) return 1;
  const std::string text(100, 'e');
  const auto start = Clock::now();
  const int publisher = connect_to(port);
  send_all(publisher, head("POST /publish", text.size()) + text);
  const std::size_t reached = await_each(poller, received, peers, "data: " + text + "\n\n");
  std::printf("%f %zu\n", seconds_since(start), reached);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto number = [&](std::size_t i) { return std::strtoull(arguments.at(i).c_str(), nullptr, 10); };
  if (arguments.size() < 3) return 2;
  const auto port = static_cast<std::uint16_t>(number(1));
  if (arguments[0] == "upload") return upload(port, number(2));
  if (arguments[0] == "download") return download(port, arguments[2], number(3));
  return streams(port, number(2));
}
