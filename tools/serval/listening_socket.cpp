// SPDX-License-Identifier: MIT
#include "listening_socket.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace serval::tool {

using boost::asio::ip::tcp;

ListeningSocket::ListeningSocket(const std::string& host, std::uint16_t port) {
  boost::system::error_code fault;
  const auto address = boost::asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, fault);
  if (fault) throw std::runtime_error("--host " + host + " is not an address");
  const tcp::endpoint wanted(address, port);
  descriptor_ = ::socket(wanted.data()->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  constexpr int backlog = 2048;  // requests wait here while the first build runs
  tcp::endpoint bound;
  auto size = static_cast<socklen_t>(bound.capacity());
  const bool listens = descriptor_ >= 0 && ::setsockopt(descriptor_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                       ::bind(descriptor_, wanted.data(), static_cast<socklen_t>(wanted.size())) == 0 &&
                       ::listen(descriptor_, backlog) == 0 && ::getsockname(descriptor_, bound.data(), &size) == 0;
  if (!listens) {
    const int reason = errno;
    if (descriptor_ >= 0) ::close(descriptor_);
    throw std::system_error(reason, std::generic_category(), "cannot listen on " + host + ":" + std::to_string(port));
  }
  const std::string shown = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
  url_ = "http://" + shown + ":" + std::to_string(bound.port());
}

ListeningSocket::~ListeningSocket() { ::close(descriptor_); }

}  // namespace serval::tool
