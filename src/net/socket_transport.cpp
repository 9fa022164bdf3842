// SPDX-License-Identifier: MIT
#include "net/socket_transport.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <utility>

#include "net/socket_io.hpp"

namespace serval::detail {

namespace asio = boost::asio;

std::size_t SocketTransport::read_some(std::span<char> room, boost::system::error_code& error) noexcept {
  return receive_some(handle_, room, error);
}

std::size_t SocketTransport::write_some(std::span<const asio::const_buffer> bytes, Then then,
                                        boost::system::error_code& error) noexcept {
  return send_some(handle_, bytes, then == Then::more, error);
}

std::size_t SocketTransport::write_file(int file, std::uint64_t offset, std::size_t count,
                                        boost::system::error_code& error) noexcept {
  return send_file(handle_, file, offset, count, error);
}

/// Asks the system, since a wait for `failed` may complete without an error. Asio may pass on an epoll event of a
/// closed socket whose place in Asio's tables this socket has taken. Or the peer may have sent a byte of urgent data,
/// which this function removes.
bool SocketTransport::is_broken() noexcept {
  pollfd state{handle_, 0, 0};
  if (::poll(&state, 1, 0) > 0) {
    // When the peer of a Unix socket closes it, the system reports the hang-up at once. The input that the peer sent
    // before must still be read.
    const bool has_failed = (state.revents & (POLLERR | POLLNVAL)) != 0;
    return has_failed || !has_input();
  }
  char urgent = 0;
  static_cast<void>(::recv(handle_, &urgent, 1, MSG_OOB | MSG_DONTWAIT));
  return false;
}

bool SocketTransport::has_half_closed() noexcept {
#ifdef POLLRDHUP
  pollfd state{handle_, POLLRDHUP, 0};
  return ::poll(&state, 1, 0) > 0;
#else
  char next = 0;
  return ::recv(handle_, &next, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
#endif
}

bool SocketTransport::has_input() noexcept {
  int bytes = 0;
  return ::ioctl(handle_, FIONREAD, &bytes) == 0 && bytes != 0;
}

bool SocketTransport::end_output() noexcept { return ::shutdown(handle_, SHUT_WR) == 0; }

void SocketTransport::close(Close how) noexcept {
  if (!is_open()) return;
  if (how == Close::reset) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    static_cast<void>(::setsockopt(handle_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once));
  }
  close_handle(std::exchange(handle_, -1));  // may destroy this object together with its connection
}

// --- AsioSocketTransport ------------------------------------------------------------------------

AsioSocketTransport::AsioSocketTransport(Loop& loop, AcceptedSocket accepted)
    : SocketTransport(accepted.descriptor.get(), std::move(accepted.peer)),
      loop_(loop),
      socket_(loop.context().get_executor()) {
  boost::system::error_code error;
  socket_.assign(asio::generic::stream_protocol(accepted.family, 0), accepted.descriptor.get(), error);
  if (error) throw boost::system::system_error(error);
  static_cast<void>(accepted.descriptor.release());
}

void AsioSocketTransport::wait(Event event, Observer& observer) {
  constexpr asio::socket_base::wait_type types[] = {asio::socket_base::wait_read, asio::socket_base::wait_write,
                                                    asio::socket_base::wait_error};
  loop_.async_wait(socket_, types[static_cast<std::size_t>(event)],
                   [event, observer = boost::intrusive_ptr(&observer)](boost::system::error_code error) {
                     // `close` aborts the wait. Any other error appears again at the next read or write.
                     if (error != asio::error::operation_aborted) observer->on_event(event);
                   });
}

void AsioSocketTransport::close_handle(int /*handle*/) noexcept {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

#ifdef __linux__
// --- PolledSocketTransport ----------------------------------------------------------------------

PolledSocketTransport::PolledSocketTransport(PollSet& set, AcceptedSocket accepted)
    : SocketTransport(accepted.descriptor.release(), std::move(accepted.peer)), set_(set) {}

PolledSocketTransport::~PolledSocketTransport() { close(Close::in_order); }

void PolledSocketTransport::wait(Event event, Observer& observer) { set_.wait(member_, handle(), event, observer); }

void PolledSocketTransport::close_handle(int handle) noexcept {
  const Descriptor closed(handle);
  set_.remove(member_, handle);
}
#endif

std::unique_ptr<Transport> make_socket_transport(Loop& loop, AcceptedSocket accepted) {
  if (accepted.family != AF_UNIX) {
    // A response is sent with one write: waiting for more bytes to fill a segment would only delay it.
    const int yes = 1;
    static_cast<void>(::setsockopt(accepted.descriptor.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes));
  }
#ifdef __linux__
  if (PollSet* set = loop.poll_set()) return std::make_unique<PolledSocketTransport>(*set, std::move(accepted));
#endif
  return std::make_unique<AsioSocketTransport>(loop, std::move(accepted));
}

}  // namespace serval::detail
