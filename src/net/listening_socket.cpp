// SPDX-License-Identifier: MIT
#include "net/listening_socket.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "base/host_and_port.hpp"
#include "net/socket_address.hpp"

namespace serval::detail {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

[[noreturn]] void fail(std::error_code error, const std::string& what) {
  throw std::system_error(error, "cannot " + what);
}
[[noreturn]] void fail(int error, const std::string& what) { fail({error, std::system_category()}, what); }

/// Returns the endpoint of a numeric address, or the first one that a name resolves to.
[[nodiscard]] tcp::endpoint resolve(const ListenerOptions& options, const std::string& address) {
  boost::system::error_code error;
  const auto numeric = asio::ip::make_address(options.host, error);
  if (!error) return {numeric, options.port};
  asio::io_context context(1);
  tcp::resolver resolver(context);
  const auto found = resolver.resolve(options.host, std::to_string(options.port), tcp::resolver::passive, error);
  if (error) fail(static_cast<std::error_code>(error), "resolve " + address);
  return found.begin()->endpoint();
}

void set_option(int socket, int level, int option, int value) {
  static_cast<void>(::setsockopt(socket, level, option, &value, sizeof value));
}

/// Turns on keep-alive probes, by which the kernel finds peers that are gone (RFC 9293 section 3.8.4). Accepted sockets
/// inherit these options. A peer that has closed its sending side is silent, whether it waits for the rest of a
/// response or is gone. A peer that is gone answers a probe with a reset once its system has forgotten the connection,
/// on Linux after 60 s; a peer without power or network does not answer. Options that the system does not have are left
/// out.
void probe_silent_peers(int listening) {
  set_option(listening, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_option(listening, IPPROTO_TCP, TCP_KEEPIDLE, 30);  // seconds
  set_option(listening, IPPROTO_TCP, TCP_KEEPINTVL, 15);
  set_option(listening, IPPROTO_TCP, TCP_KEEPCNT, 4);
}

// Set when the socket is created, if the system can do that: another thread may start a program at the same time.
#ifdef SOCK_CLOEXEC
constexpr int close_on_exec = SOCK_CLOEXEC;
#else
constexpr int close_on_exec = 0;
#endif

[[nodiscard]] Descriptor make_socket(int family, const std::string& address) {
  Descriptor made(::socket(family, SOCK_STREAM | close_on_exec, 0));
  if (!made) fail(errno, "open a socket for " + address);
  static_cast<void>(::fcntl(made.get(), F_SETFD, FD_CLOEXEC));
  return made;
}

void set_non_blocking(int socket, const std::string& address) {
  const int flags = ::fcntl(socket, F_GETFL);
  if (flags < 0 || ::fcntl(socket, F_SETFL, flags | O_NONBLOCK) != 0) fail(errno, "set up a socket for " + address);
}

/// Keeps other servers of this library from opening a Unix socket in the same folder, from the check for an existing
/// socket until the new one listens. A socket that is bound and does not listen yet looks as if it had been left
/// behind.
[[nodiscard]] Descriptor lock_folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  Descriptor locked(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!locked || ::flock(locked.get(), LOCK_EX) != 0) fail(errno, "lock the folder of unix:" + path);
  return locked;
}

/// Returns whether a file is the socket of a server that has ended.
[[nodiscard]] bool is_left_behind(const std::string& path, const UnixAddress& address) {
  struct stat file {};
  if (::lstat(path.c_str(), &file) != 0 || !S_ISSOCK(file.st_mode)) return false;
  const Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | close_on_exec, 0));
  if (!probe) return false;
  set_non_blocking(probe.get(), "unix:" + path);
  return ::connect(probe.get(), address.data(), address.size()) != 0 && errno == ECONNREFUSED;
}

}  // namespace

ListeningSocket::ListeningSocket(const ListenerOptions& options, const Settings& settings) {
  if (options.descriptor >= 0) {
    take_over(options.descriptor);
  } else if (options.unix_socket.empty()) {
    open_tcp(options, settings);
    listen(settings);
  } else {
    open_unix(options, settings);
  }
}

void ListeningSocket::listen(const Settings& settings) {
  if (::listen(descriptor(), settings.backlog) == 0) return;
  const int error = errno;
  remove_file();
  fail(error, "listen on " + name_);
}

ListeningSocket::~ListeningSocket() {
  remove_file();
  if (is_taken_over_) static_cast<void>(descriptor_.release());  // it still belongs to whoever opened it
}

void ListeningSocket::remove_file() noexcept {
  if (file_.path.empty()) return;
  struct stat file {};
  const bool is_own =
      ::lstat(file_.path.c_str(), &file) == 0 && file.st_dev == file_.device && file.st_ino == file_.number;
  if (is_own) ::unlink(file_.path.c_str());
  file_.path.clear();
}

void ListeningSocket::open_tcp(const ListenerOptions& options, const Settings& settings) {
  const std::string address = host_and_port(options.host, options.port);
  const tcp::endpoint endpoint = resolve(options, address);
  family_ = endpoint.protocol().family();
  descriptor_ = make_socket(family_, address);
  // A server that restarts finds its old connections in TIME_WAIT; they must not keep it from binding its port.
  set_option(descriptor(), SOL_SOCKET, SO_REUSEADDR, settings.reuse == Settings::Reuse::yes ? 1 : 0);
  if (family_ == AF_INET6)
    set_option(descriptor(), IPPROTO_IPV6, IPV6_V6ONLY, endpoint.address().is_unspecified() ? 0 : 1);
  probe_silent_peers(descriptor());
  set_non_blocking(descriptor(), address);
  if (::bind(descriptor(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0)
    fail(errno, "bind " + address);
  port_ = local_address(descriptor()).port;
  name_ = "http://" + host_and_port(options.host, port_);
}

void ListeningSocket::open_unix(const ListenerOptions& options, const Settings& settings) {
  const std::string& path = options.unix_socket;
  family_ = AF_UNIX;
  name_ = "unix:" + path;
  const std::optional<UnixAddress> found = UnixAddress::of(path);
  if (!found) fail(ENAMETOOLONG, "bind " + name_);
  const UnixAddress& address = *found;
  descriptor_ = make_socket(family_, name_);
  set_non_blocking(descriptor(), name_);
  const auto bind = [&] { return ::bind(descriptor(), address.data(), address.size()) == 0; };
  if (path.front() == '@') {
    if (!bind()) fail(errno, "bind " + name_);
    return listen(settings);
  }
  const Descriptor locked = lock_folder_of(path);
  if (!bind()) {
    if (errno != EADDRINUSE) fail(errno, "bind " + name_);
    if (!is_left_behind(path, address)) fail(EADDRINUSE, "bind " + name_);
    ::unlink(path.c_str());
    if (!bind()) fail(errno, "bind " + name_);
  }
  struct stat file {};
  if (::lstat(path.c_str(), &file) == 0 && S_ISSOCK(file.st_mode))
    file_ = {.path = path, .device = file.st_dev, .number = file.st_ino};
  // Set before it listens, so that nobody can connect under other permissions.
  if (options.unix_mode &&
      ::fchmodat(AT_FDCWD, path.c_str(), static_cast<mode_t>(*options.unix_mode), AT_SYMLINK_NOFOLLOW) != 0) {
    const int error = errno;
    remove_file();
    fail(error, "set the permissions of " + name_);
  }
  listen(settings);
}

void ListeningSocket::take_over(int descriptor) {
  const std::string what = "serve on descriptor " + std::to_string(descriptor);
  int is_listening = 0;
  socklen_t size = sizeof is_listening;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &size) != 0) fail(errno, what);
  if (is_listening == 0) fail(EINVAL, what + ", which is not a listening socket");
  set_non_blocking(descriptor, "descriptor " + std::to_string(descriptor));
  static_cast<void>(::fcntl(descriptor, F_SETFD, FD_CLOEXEC));
  descriptor_.reset(descriptor);
  is_taken_over_ = true;
  const SocketAddress address = local_address(descriptor);
  family_ = address.family;
  port_ = address.port;
  name_ = family_ == AF_UNIX ? "unix:" + address.host : "http://" + host_and_port(address.host, port_);
  if (family_ != AF_UNIX) probe_silent_peers(descriptor);
}

}  // namespace serval::detail
