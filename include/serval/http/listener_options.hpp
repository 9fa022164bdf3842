// SPDX-License-Identifier: MIT
// Where a server accepts connections.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace serval {

/// One of `ServerOptions::listeners`: either a TCP address, or a Unix socket, or a socket that another program has
/// opened. Errors: the constructor of `Server` throws SetupError if two of them are set, or if a value is out of range.
struct ListenerOptions {
  /// A numeric IPv4 or IPv6 address, or a name, whose first address is used. "0.0.0.0" is every IPv4 address, "::"
  /// every address of both families; not empty. Default: this machine only.
  std::string host = "127.0.0.1";
  /// TCP port; 0 lets the system choose a free one, see `Server::port()`. Default 8000.
  std::uint16_t port = 8000;
  /// Instead of TCP: the path of a Unix socket, at most 107 bytes. A socket file that an earlier server has left is
  /// replaced; a socket on which a server still answers, and any other file, is not. The server removes it when it
  /// stops. On Linux a path that begins with '@' is a name in the abstract namespace, without a file. Default: none.
  std::string unix_socket{};
  /// Permissions of the Unix socket's file, from 0 to 0777: a client needs write permission to connect, as in 0660.
  /// Default: according to the process's umask.
  std::optional<unsigned> unix_mode{};
  /// Instead of TCP: a listening stream socket, inherited from systemd or a parent process. The server closes it when
  /// it stops. 0 is a valid descriptor, which inetd uses. Each listener needs its own. Default -1: none.
  int descriptor = -1;
};

}  // namespace serval
