// SPDX-License-Identifier: MIT
#include "net/file_sender.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/sendfile.h>
#endif

#include <boost/asio/error.hpp>
#include <algorithm>
#include <array>
#include <cerrno>

namespace serval::detail {
namespace {

using Segment = FileBody::Segment;

/// For where a file system or platform has no sendfile.
ssize_t send_copied(int socket, int file, std::uint64_t offset, std::size_t count) {
  std::array<char, 16 * 1024> buffer;
  const ssize_t read = ::pread(file, buffer.data(), std::min(count, buffer.size()), static_cast<off_t>(offset));
  return read <= 0 ? read : ::send(socket, buffer.data(), static_cast<std::size_t>(read), MSG_NOSIGNAL);
}

#ifdef __linux__
/// Keeps SIGPIPE from this thread: sendfile knows no MSG_NOSIGNAL, and the program that serval is part of may leave the
/// signal as it is, which is to end it.
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

  /// Takes back the signal that was raised. Where the program itself blocks it, it stays pending, as the program wants.
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

ssize_t send_file(int socket, int file, std::uint64_t offset, std::size_t count) {
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
  const ssize_t sent = send_file(socket, file, offset, count);
  if (sent >= 0 || (errno != EINVAL && errno != ENOSYS)) return sent;
#endif
  return send_copied(socket, file, offset, count);
}

}  // namespace

std::size_t FileSender::send(int socket, std::size_t max_bytes, boost::system::error_code& error) {
  const Segment& segment = body_->segments()[segment_];
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(max_bytes, segment.size() - sent_));
  ssize_t bytes = 0;
  do {
    bytes = segment.is_text() ? ::send(socket, segment.text.data() + sent_, count, MSG_NOSIGNAL)
                              : send_from_file(socket, body_->file().descriptor(), segment.offset + sent_, count);
  } while (bytes < 0 && errno == EINTR);
  if (bytes < 0) {
    error.assign(errno, boost::system::system_category());
    return 0;
  }
  if (bytes == 0) {
    error = boost::asio::error::eof;
    return 0;
  }
  sent_ += static_cast<std::uint64_t>(bytes);
  if (sent_ == segment.size()) {
    ++segment_;
    sent_ = 0;
  }
  return static_cast<std::size_t>(bytes);
}

}  // namespace serval::detail
