// SPDX-License-Identifier: MIT
// Where a server accepts connections.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace serval {

/// One of `ServerOptions::listeners`: a TCP address, a Unix socket, or a socket that another program has opened.
struct ListenerOptions {
  /// Numeric IPv4 or IPv6 address, or a name, of which the first address counts. "0.0.0.0" is every IPv4 address, "::"
  /// every address of both families. Default: this machine only.
  std::string host = "127.0.0.1";
  /// TCP port; 0 lets the system choose a free one, see `Server::port()`. Default 8000.
  std::uint16_t port = 8000;
  /// In place of TCP: the path of a Unix socket, at most 107 bytes. A socket that an earlier server has left there is
  /// replaced, one that answers and any other file are not. The server removes it as it stops. On Linux a path that
  /// begins with '@' is a name in the abstract namespace, without a file. Default: none.
  std::string unix_socket{};
  /// Permissions of the Unix socket's file: who may connect needs to write, as 0660. Default: what the process's umask
  /// leaves.
  std::optional<unsigned> unix_mode{};
  /// In place of both: a stream socket that listens already, handed down by systemd or a parent process. The server
  /// closes it as it stops. 0 is one too, as inetd hands it down. Default -1: none.
  int descriptor = -1;
};

}  // namespace serval
