// SPDX-License-Identifier: MIT
#include "net/socket_address.hpp"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <netinet/in.h>

namespace serval::detail {

namespace asio = boost::asio;

namespace {

[[nodiscard]] std::string ip_text(const sockaddr_in6& address) {
  asio::ip::address_v6::bytes_type bytes;
  std::memcpy(bytes.data(), &address.sin6_addr, bytes.size());
  const asio::ip::address_v6 v6(bytes, address.sin6_scope_id);
  return v6.is_v4_mapped() ? asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string() : v6.to_string();
}

[[nodiscard]] std::string unix_text(const sockaddr_un& address, socklen_t size) {
  const std::size_t begin = offsetof(sockaddr_un, sun_path);
  if (size <= begin) return {};  // it has no name
  std::string text(address.sun_path, size - begin);
  if (text.front() == '\0')
    text.front() = '@';  // a name in the abstract namespace
  else
    text.resize(std::strlen(text.c_str()));
  return text;
}

}  // namespace

SocketAddress to_address(const sockaddr_storage& address, socklen_t size) {
  SocketAddress made{.family = address.ss_family};
  if (address.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    made.host = asio::ip::address_v4(ntohl(v4.sin_addr.s_addr)).to_string();
    made.port = ntohs(v4.sin_port);
  } else if (address.ss_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    made.port = ntohs(v6.sin6_port);
    made.host = ip_text(v6);
  } else if (address.ss_family == AF_UNIX) {
    sockaddr_un name{};
    std::memcpy(&name, &address, sizeof name);
    made.host = unix_text(name, size);
  }
  return made;
}

std::optional<UnixAddress> UnixAddress::of(const std::string& path) noexcept {
  UnixAddress made;
  const bool is_abstract = path.starts_with('@');
  // A path ends with a zero byte, a name in the abstract namespace begins with one.
  const std::size_t bytes = path.size() + (is_abstract ? 0 : 1);
  if (bytes > sizeof made.address_.sun_path) return std::nullopt;
  made.address_.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), made.address_.sun_path);
  if (is_abstract) made.address_.sun_path[0] = '\0';
  made.size_ = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + bytes);
  return made;
}

SocketAddress local_address(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  return to_address(address, size);
}

}  // namespace serval::detail
