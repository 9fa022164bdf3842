// SPDX-License-Identifier: MIT
// The socket that all runs of a program share.
#pragma once

#include <cstdint>
#include <string>

namespace serval::tool {

/// A listening TCP socket. It stays open from the first run of the program to the last, so that no connection is
/// refused in between.
class ListeningSocket {
 public:
  /// `host`: an address, or "localhost". Port 0: a free one. Errors: std::system_error, std::runtime_error for another
  /// host.
  ListeningSocket(const std::string& host, std::uint16_t port);
  ListeningSocket(const ListeningSocket&) = delete;
  ListeningSocket& operator=(const ListeningSocket&) = delete;
  ~ListeningSocket();

  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  /// "http://127.0.0.1:8000".
  [[nodiscard]] const std::string& url() const noexcept { return url_; }

 private:
  int descriptor_ = -1;
  std::string url_;
};

}  // namespace serval::tool
