// SPDX-License-Identifier: MIT
// Socket addresses as text, and the addresses of Unix sockets for system calls.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <cstdint>
#include <optional>
#include <string>

namespace serval::detail {

struct SocketAddress {
  int family = 0;          // AF_INET, AF_INET6, AF_UNIX
  std::string host{};      // an IP address (an IPv4-mapped IPv6 address as IPv4), or the path of a Unix socket
  std::uint16_t port = 0;  // in host byte order; 0 for a Unix socket
};

[[nodiscard]] SocketAddress to_address(const sockaddr_storage& address, socklen_t size);
/// Returns the local address of a socket, or an empty address if the system reports none.
[[nodiscard]] SocketAddress local_address(int socket);

/// The address of a Unix socket in the form that system calls take.
class UnixAddress {
 public:
  /// Converts a path; one that begins with '@' is a name in the abstract namespace. Returns nothing if the path is too
  /// long.
  [[nodiscard]] static std::optional<UnixAddress> of(const std::string& path) noexcept;
  [[nodiscard]] const sockaddr* data() const noexcept { return reinterpret_cast<const sockaddr*>(&address_); }
  [[nodiscard]] socklen_t size() const noexcept { return size_; }

 private:
  sockaddr_un address_{};
  socklen_t size_ = 0;
};

}  // namespace serval::detail
