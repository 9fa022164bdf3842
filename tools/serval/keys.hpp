// SPDX-License-Identifier: MIT
// Single keys from the terminal.
#pragma once

#include <serval/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <termios.h>

namespace serval::tool {

/// Reads keys without waiting for the end of a line, if standard input is a terminal. The end restores its mode. Thread
/// safety: none.
class Keys {
 public:
  explicit Keys(const boost::asio::any_io_executor& executor);
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;
  ~Keys();

  [[nodiscard]] bool is_terminal() const noexcept { return is_terminal_; }
  /// The next key; 0 at the end of the input. REQUIRES: a terminal.
  [[nodiscard]] Task<char> next();

 private:
  boost::asio::posix::stream_descriptor input_;
  bool is_terminal_ = false;
  termios before_{};
};

}  // namespace serval::tool
