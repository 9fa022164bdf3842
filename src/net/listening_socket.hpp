// SPDX-License-Identifier: MIT
// A socket that accepts connections: a TCP address, a Unix socket, or one that another program has opened.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include <serval/http/listener_options.hpp>

#include "net/descriptor.hpp"

namespace serval::detail {

/// Removes the file of a Unix socket as it ends, if the file is still its own.
class ListeningSocket {
 public:
  struct Settings {
    int backlog = 0;
    enum class Reuse : std::uint8_t { no, yes } reuse = Reuse::yes;  // of a TCP port with connections of another server
  };

  /// Binds and listens; does not block from then on. Errors: `std::system_error` that names the address.
  ListeningSocket(const ListenerOptions& options, const Settings& settings);
  ~ListeningSocket();
  ListeningSocket(ListeningSocket&& other) noexcept = default;
  ListeningSocket& operator=(ListeningSocket&&) = delete;

  [[nodiscard]] int descriptor() const noexcept { return descriptor_.get(); }
  [[nodiscard]] int release() noexcept { return descriptor_.release(); }
  /// Of a Unix socket, where it is still its own.
  void remove_file() noexcept;
  /// Whether somebody else has opened it; it is theirs until it is released.
  [[nodiscard]] bool is_taken_over() const noexcept { return is_taken_over_; }
  /// AF_INET, AF_INET6 or AF_UNIX.
  [[nodiscard]] int family() const noexcept { return family_; }
  /// 0 for a Unix socket.
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// "http://127.0.0.1:8000", "unix:/run/shop.sock".
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
  File file_{};  // of a Unix socket that it has bound; no path: none
};

}  // namespace serval::detail
