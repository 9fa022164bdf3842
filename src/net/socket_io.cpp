// SPDX-License-Identifier: MIT
#include "net/socket_io.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/sendfile.h>
#endif

#include <boost/asio/error.hpp>
#include <algorithm>
#include <array>
#include <cerrno>

namespace serval::detail {

namespace asio = boost::asio;

namespace {

// More buffers than any caller passes.
constexpr std::size_t max_pieces = 64;

#ifdef MSG_MORE
constexpr int more_flag = MSG_MORE;
#else
constexpr int more_flag = 0;
#endif

template <class Call>
std::size_t call_system(Call call, boost::system::error_code& error) noexcept {
  ssize_t bytes = 0;
  do bytes = call();
  while (bytes < 0 && errno == EINTR);
  if (bytes >= 0) return static_cast<std::size_t>(bytes);
  const bool is_full = errno == EAGAIN || errno == EWOULDBLOCK;
  error = is_full ? boost::system::error_code(asio::error::would_block)
                  : boost::system::error_code(errno, boost::system::system_category());
  return 0;
}

/// The fallback if the platform or the file system does not support sendfile.
ssize_t send_copied(int socket, int file, std::uint64_t offset, std::size_t count) {
  std::array<char, 16 * 1024> buffer;
  const ssize_t read = ::pread(file, buffer.data(), std::min(count, buffer.size()), static_cast<off_t>(offset));
  return read <= 0 ? read : ::send(socket, buffer.data(), static_cast<std::size_t>(read), MSG_NOSIGNAL);
}

#ifdef __linux__
/// Blocks SIGPIPE on this thread: sendfile has no flag like MSG_NOSIGNAL, and the signal ends the process unless the
/// program has changed its action.
class NoSigpipe {
 public:
  NoSigpipe() noexcept {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  NoSigpipe(const NoSigpipe&) = delete;
  NoSigpipe& operator=(const NoSigpipe&) = delete;
  ~NoSigpipe() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  /// Removes the signal that was raised. If the program itself blocks SIGPIPE, the signal stays pending, as the program
  /// expects.
  void discard() const noexcept {
    if (sigismember(&before_, SIGPIPE) == 1) return;
    constexpr timespec at_once{};
    while (sigtimedwait(&pipe_, nullptr, &at_once) < 0 && errno == EINTR) {
    }
  }

 private:
  sigset_t pipe_{};
  sigset_t before_{};
};

ssize_t send_by_system(int socket, int file, std::uint64_t offset, std::size_t count) {
  const NoSigpipe guard;
  auto at = static_cast<off_t>(offset);
  const ssize_t sent = ::sendfile(socket, file, &at, count);
  const int fault = errno;
  if (sent < 0 && fault == EPIPE) guard.discard();
  errno = fault;
  return sent;
}
#endif

ssize_t send_from_file(int socket, int file, std::uint64_t offset, std::size_t count) {
#ifdef __linux__
  const ssize_t sent = send_by_system(socket, file, offset, count);
  if (sent >= 0 || (errno != EINVAL && errno != ENOSYS)) return sent;
#endif
  return send_copied(socket, file, offset, count);
}

}  // namespace

std::size_t receive_some(int socket, std::span<char> room, boost::system::error_code& error) noexcept {
  const std::size_t bytes = call_system([&] { return ::recv(socket, room.data(), room.size(), 0); }, error);
  if (bytes == 0 && !error) error = asio::error::eof;
  return bytes;
}

std::size_t send_some(int socket, std::span<const asio::const_buffer> bytes, bool more_follows,
                      boost::system::error_code& error) noexcept {
  const int flags = MSG_NOSIGNAL | (more_follows ? more_flag : 0);
  if (bytes.size() == 1)
    return call_system([&] { return ::send(socket, bytes[0].data(), bytes[0].size(), flags); }, error);
  std::array<iovec, max_pieces> pieces;
  const std::size_t count = std::min(bytes.size(), max_pieces);
  for (std::size_t i = 0; i < count; ++i)
    // An iovec is for reads, too, so it is not const; sendmsg does not write to it.
    pieces[i] = {const_cast<void*>(bytes[i].data()), bytes[i].size()};
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = count;
  return call_system([&] { return ::sendmsg(socket, &message, flags); }, error);
}

std::size_t send_file(int socket, int file, std::uint64_t offset, std::size_t count,
                      boost::system::error_code& error) noexcept {
  const std::size_t bytes = call_system([&] { return send_from_file(socket, file, offset, count); }, error);
  if (bytes == 0 && !error) error = asio::error::eof;
  return bytes;
}

}  // namespace serval::detail
