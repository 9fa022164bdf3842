// SPDX-License-Identifier: MIT
#include "keys.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>

namespace serval::tool {

namespace asio = boost::asio;

Keys::Keys(const asio::any_io_executor& executor) : input_(executor) {
  // In the background, a change of the mode would stop the tool.
  const bool is_in_front = ::tcgetpgrp(STDIN_FILENO) == ::getpgrp();
  if (::isatty(STDIN_FILENO) != 1 || !is_in_front || ::tcgetattr(STDIN_FILENO, &before_) != 0) return;
  // A descriptor of its own: Asio makes it non-blocking, which a copy would do to the shell's, too.
  const int own = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
  if (own < 0) return;
  input_.assign(own);
  termios by_key = before_;
  by_key.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  is_terminal_ = ::tcsetattr(STDIN_FILENO, TCSANOW, &by_key) == 0;
}

Keys::~Keys() {
  if (is_terminal_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
}

Task<char> Keys::next() {
  co_await input_.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
  char key = 0;
  const ssize_t size = ::read(input_.native_handle(), &key, 1);
  co_return size == 1 ? key : '\0';
}

}  // namespace serval::tool
