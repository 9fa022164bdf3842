// SPDX-License-Identifier: MIT
// A socket that accepts connections: a TCP address, a Unix socket, or one that another program has opened.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include <serval/http/listener_options.hpp>

#include "net/descriptor.hpp"

namespace serval::detail {

/// The destructor removes the file of a Unix socket, unless another file has replaced it.
class ListeningSocket {
 public:
  struct Settings {
    int backlog = 0;
    /// Whether the socket may bind a TCP port on which another server still has connections.
    enum class Reuse : std::uint8_t { no, yes } reuse = Reuse::yes;
  };

  /// Binds and listens. The socket is in non-blocking mode from then on. Errors: `std::system_error` that names the
  /// address.
  ListeningSocket(const ListenerOptions& options, const Settings& settings);
  ~ListeningSocket();
  ListeningSocket(ListeningSocket&& other) noexcept = default;
  ListeningSocket& operator=(ListeningSocket&&) = delete;

  [[nodiscard]] int descriptor() const noexcept { return descriptor_.get(); }
  [[nodiscard]] int release() noexcept { return descriptor_.release(); }
  /// Removes the file of a Unix socket, unless another file has replaced it. Has no effect on other sockets.
  void remove_file() noexcept;
  /// Returns whether the socket was opened elsewhere and passed in as a descriptor. It belongs to whoever opened it
  /// until `release` is called.
  [[nodiscard]] bool is_taken_over() const noexcept { return is_taken_over_; }
  /// The address family: AF_INET, AF_INET6 or AF_UNIX.
  [[nodiscard]] int family() const noexcept { return family_; }
  /// The TCP port; 0 for a Unix socket.
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// The address for messages, for example "http://127.0.0.1:8000" or "unix:/run/shop.sock".
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  void open_tcp(const ListenerOptions& options, const Settings& settings);
  void open_unix(const ListenerOptions& options, const Settings& settings);
  void take_over(int descriptor);
  void listen(const Settings& settings);

  struct File {
    std::string path;
    dev_t device;
    ino_t number;
  };

  Descriptor descriptor_;
  bool is_taken_over_ = false;
  int family_ = 0;
  std::uint16_t port_ = 0;
  std::string name_;
  File file_{};  // the file of a Unix socket that was bound here; an empty path: none
};

}  // namespace serval::detail
