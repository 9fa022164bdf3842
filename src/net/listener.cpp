// SPDX-License-Identifier: MIT
#include "net/listener.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <spdlog/logger.h>
#include <algorithm>
#include <system_error>

namespace serval::detail {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// While file descriptors are short, tries are this far apart; each failure doubles the wait.
constexpr std::chrono::milliseconds first_retry{10};
constexpr std::chrono::milliseconds last_retry{1000};
// Accepted in one go; then the loop sees to its connections first.
constexpr int max_accepted_at_once = 64;

/// A numeric address, or the first one a name resolves to; the empty host is every IPv4 address.
[[nodiscard]] tcp::endpoint resolve(asio::io_context& context, const std::string& host, std::uint16_t port,
                                    boost::system::error_code& error) {
  if (host.empty()) return {tcp::v4(), port};
  const auto address = asio::ip::make_address(host, error);
  if (!error) return {address, port};
  tcp::resolver resolver(context);
  const auto found = resolver.resolve(host, std::to_string(port), tcp::resolver::passive, error);
  return error || found.empty() ? tcp::endpoint{} : found.begin()->endpoint();
}

/// What is accepted inherits these. A peer that has closed its side says no more, whether it waits for the rest of an
/// answer or is gone: so the kernel asks it (RFC 9293 section 3.8.4), and one that is gone resets once its own system
/// has forgotten the connection, after 60 s where that is Linux. One that has lost its power or its way does not
/// answer.
void probe_silent_peers(int listening) {
  const auto set = [listening](int level, int option, int value) {
    static_cast<void>(::setsockopt(listening, level, option, &value, sizeof value));  // it goes without, too
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, 30);  // seconds
  set(IPPROTO_TCP, TCP_KEEPINTVL, 15);
  set(IPPROTO_TCP, TCP_KEEPCNT, 4);
}

}  // namespace

Listener::Listener(std::shared_ptr<ServerState> state, std::vector<std::shared_ptr<Loop>> loops)
    : state_(std::move(state)),
      loops_(std::move(loops)),
      acceptor_(loops_.front()->context().get_executor()),
      retry_timer_(loops_.front()->context().get_executor()) {}

void Listener::open(const Address& address) {
  boost::system::error_code error;
  const auto check = [&](const char* what) {
    if (!error) return;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    throw std::system_error(static_cast<std::error_code>(error),
                            std::string("cannot ") + what + " " + address.host + ":" + std::to_string(address.port));
  };
  const tcp::endpoint endpoint = resolve(loops_.front()->context(), address.host, address.port, error);
  check("resolve");
  acceptor_.open(endpoint.protocol(), error);
  check("open a socket for");
  // A server that restarts finds its old connections in TIME_WAIT; they must not keep it from its port.
  acceptor_.set_option(tcp::acceptor::reuse_address(address.reuse == Address::Reuse::yes), error);
  check("set up a socket for");
  if (endpoint.address().is_v6()) {
    acceptor_.set_option(asio::ip::v6_only(!endpoint.address().is_unspecified()), error);
    check("set up a socket for");
  }
  probe_silent_peers(acceptor_.native_handle());
  acceptor_.bind(endpoint, error);
  check("bind");
  acceptor_.listen(address.backlog, error);
  check("listen on");
  acceptor_.non_blocking(true, error);
  check("set up a socket for");
  port_ = acceptor_.local_endpoint(error).port();
  check("listen on");
}

void Listener::start() {
  state_->hold_traffic();
  await_connection();
}

void Listener::await_connection() {
  if (waiting_ || !acceptor_.is_open()) return;
  waiting_ = true;
  loops_.front()->async_wait(acceptor_, tcp::acceptor::wait_read,
                             [self = shared_from_this()](boost::system::error_code error) {
                               self->waiting_ = false;
                               if (error == asio::error::operation_aborted || !self->acceptor_.is_open()) return;
                               self->accept_waiting();
                             });
}

void Listener::accept_waiting() {
  for (int accepted = 0; accepted < max_accepted_at_once; ++accepted) {
    if (is_full()) {
      full_.store(true);
      // A place may have become free between the two lines above.
      if (is_full()) return;
      full_.store(false);
    }
    boost::system::error_code error;
    Loop::Socket socket(loops_.front()->context().get_executor());
    acceptor_.accept(socket, peer_, error);
    if (error == asio::error::would_block || error == asio::error::try_again) break;
    // The peer gave up while it stood in the queue: that is its own affair.
    if (error == asio::error::connection_aborted || error == asio::error::connection_reset) continue;
    if (error) return pause(error);
    retry_wait_ = std::chrono::milliseconds{0};
    hand_over(std::move(socket));
  }
  await_connection();
}

void Listener::hand_over(Loop::Socket socket) {
  state_->hold_traffic();
  state_->accepted.add(1);
  state_->connections.fetch_add(1, std::memory_order_acq_rel);
  next_loop().adopt(std::move(socket), peer_);
}

/// The fewest connections first, in turn where equal.
Loop& Listener::next_loop() noexcept {
  std::size_t best = turn_ % loops_.size();
  for (std::size_t step = 1; step < loops_.size(); ++step) {
    const std::size_t index = (turn_ + step) % loops_.size();
    if (loops_[index]->load() < loops_[best]->load()) best = index;
  }
  turn_ = best + 1;
  return *loops_[best];
}

bool Listener::is_full() const noexcept {
  const std::size_t max = state_->settings().max_connections;
  return max != 0 && state_->connections.load(std::memory_order_acquire) >= max;
}

void Listener::on_free_place() {
  if (!full_.load() || !full_.exchange(false)) return;
  loops_.front()->post([self = shared_from_this()] {
    if (self->acceptor_.is_open()) self->accept_waiting();
  });
}

/// Out of file descriptors or memory. The connection stays in the queue, so the acceptor would be ready again at once:
/// only time, or a connection that ends, can help.
void Listener::pause(const boost::system::error_code& error) {
  if (retry_wait_.count() == 0) {
    state_->settings().logger->warn("cannot accept connections: {}; trying again", error.message());
  }
  retry_wait_ = std::clamp(retry_wait_ * 2, first_retry, last_retry);
  retry_timer_.expires_after(retry_wait_);
  auto retry = [self = shared_from_this()](boost::system::error_code aborted) {
    if (!aborted && self->acceptor_.is_open()) self->accept_waiting();
  };
  loops_.front()->async_wait(retry_timer_, std::move(retry));
}

void Listener::close() {
  if (!acceptor_.is_open()) return;
  // What stands in the queue has been told that it is connected, and may have sent a request.
  boost::system::error_code error;
  while (!error && !is_full()) {
    Loop::Socket socket(loops_.front()->context().get_executor());
    acceptor_.accept(socket, peer_, error);
    if (!error) hand_over(std::move(socket));
  }
  retry_timer_.cancel();
  acceptor_.close(error);
  state_->release_traffic();
}

}  // namespace serval::detail
