// SPDX-License-Identifier: MIT
// The addresses of a socket's two ends as texts.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <cstdint>
#include <optional>
#include <string>

namespace serval::detail {

struct SocketAddress {
  int family = 0;          // AF_INET, AF_INET6, AF_UNIX
  std::string host{};      // an IP address, an IPv4 one also where it is mapped to IPv6; the path of a Unix socket
  std::uint16_t port = 0;  // in host order; 0 for a Unix socket
};

[[nodiscard]] SocketAddress to_address(const sockaddr_storage& address, socklen_t size);
/// Of this end. Nothing where the system tells none.
[[nodiscard]] SocketAddress local_address(int socket);

/// A Unix socket's address for the system's calls.
class UnixAddress {
 public:
  /// A path that begins with '@' is a name in the abstract namespace. Nothing for a path that is too long.
  [[nodiscard]] static std::optional<UnixAddress> of(const std::string& path) noexcept;
  [[nodiscard]] const sockaddr* data() const noexcept { return reinterpret_cast<const sockaddr*>(&address_); }
  [[nodiscard]] socklen_t size() const noexcept { return size_; }

 private:
  sockaddr_un address_{};
  socklen_t size_ = 0;
};

}  // namespace serval::detail
