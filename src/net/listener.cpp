// SPDX-License-Identifier: MIT
#include "net/listener.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <boost/asio/error.hpp>
#include <spdlog/logger.h>
#include <algorithm>
#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>

#include "base/undo.hpp"

namespace serval::detail {

namespace asio = boost::asio;

namespace {

// The shortest and the longest wait between tries while file descriptors or memory are short; each failure doubles the
// wait.
constexpr std::chrono::milliseconds first_retry{10};
constexpr std::chrono::milliseconds last_retry{1000};
// The most connections that are accepted in one go, so that the loop's own connections get their turn.
constexpr int max_accepted_at_once = 64;

/// Returns a descriptor in non-blocking mode that no child process inherits; below 0 on failure, with `errno` set.
int accept_from(int listening, sockaddr_storage& address, socklen_t& size) {
#ifdef __linux__
  return ::accept4(listening, reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
#else
  const int made = ::accept(listening, reinterpret_cast<sockaddr*>(&address), &size);
  if (made < 0) return made;
  ::fcntl(made, F_SETFD, FD_CLOEXEC);
  ::fcntl(made, F_SETFL, ::fcntl(made, F_GETFL) | O_NONBLOCK);
  return made;
#endif
}

}  // namespace

Listener::~Listener() {
  // A descriptor that was opened elsewhere still belongs to whoever opened it if the listener was never started.
  if (!is_started_ && socket_.is_taken_over() && waiter_.is_open()) static_cast<void>(waiter_.release());
}

Listener::Listener(std::shared_ptr<ServerState> state, std::vector<std::shared_ptr<Loop>> loops, ListeningSocket socket,
                   std::shared_ptr<const TransportFactory> make)
    : state_(std::move(state)),
      loops_(std::move(loops)),
      make_(std::move(make)),
      socket_(std::move(socket)),
      waiter_(loops_.front()->context().get_executor()),
      retry_timer_(loops_.front()->context().get_executor()) {
  waiter_.assign(socket_.descriptor());
  static_cast<void>(socket_.release());
}

void Listener::start() {
  is_started_ = true;
  traffic_ = state_->hold_traffic();
  await_connection();
}

void Listener::await_connection() {
  if (waiting_ || !waiter_.is_open()) return;
  auto on_connection = [self = shared_from_this()](boost::system::error_code error) {
    self->waiting_ = false;
    if (error == asio::error::operation_aborted || !self->waiter_.is_open()) return;
    self->accept_waiting();
  };
  waiting_ = true;  // set first: the wait may complete on another thread at once
  Undo wait([this] { waiting_ = false; });
  loops_.front()->async_wait(waiter_, Waiter::wait_read, std::move(on_connection));
  wait.keep();
}

/// Accepts one connection and sets `peer_`. If it returns no descriptor, `error` has the reason, a value of `errno`.
Descriptor Listener::accept(int& error) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  int made = -1;
  do made = accept_from(waiter_.native_handle(), address, size);
  while (made < 0 && errno == EINTR);
  error = made < 0 ? errno : 0;
  Descriptor accepted(made);
  if (accepted) peer_ = to_address(address, size);
  return accepted;
}

void Listener::accept_waiting() {
  try {
    accept_some();
  } catch (const std::exception&) {
    pause(ENOMEM);
  }
}

void Listener::accept_some() {
  for (int accepted = 0; accepted < max_accepted_at_once; ++accepted) {
    if (is_full()) {
      full_.store(true);
      // A connection may have ended between the two lines above.
      if (is_full()) return;
      full_.store(false);
    }
    int error = 0;
    Descriptor descriptor = accept(error);
    if (error == EAGAIN || error == EWOULDBLOCK) break;
    // The peer has given up while its connection was in the queue, which is no failure of the listener.
    if (error == ECONNABORTED || error == ECONNRESET) continue;
    if (error != 0) return pause(error);
    retry_wait_ = std::chrono::milliseconds{0};
    hand_over(std::move(descriptor));
  }
  await_connection();
}

/// Passes an accepted connection to a loop. Errors: out of memory; then the connection is closed and not counted.
void Listener::hand_over(Descriptor descriptor) {
  http::Client client{std::move(peer_.host), peer_.port};
  if (socket_.family() == AF_UNIX)
    client = {std::string(http::Client::of_unix_socket), 0};  // the path of its own socket does not identify a client
  next_loop().adopt({.descriptor = std::move(descriptor), .family = socket_.family(), .peer = std::move(client)},
                    make_);
  state_->accepted.add(1);
}

/// Returns the loop with the fewest connections; loops with equally many take turns.
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
  return max != 0 && state_->connections() >= max;
}

void Listener::on_free_place() {
  if (!full_.load() || !full_.exchange(false)) return;
  loops_.front()->post([self = shared_from_this()] {
    if (self->waiter_.is_open()) self->accept_waiting();
  });
}

/// Called when file descriptors or memory are short. The connection stays in the queue, so that the socket would be
/// readable again at once: only time, or the end of another connection, can help.
void Listener::pause(int error) {
  if (retry_wait_.count() == 0) {
    state_->settings().logger->warn("cannot accept connections: {}; trying again",
                                    std::system_category().message(error));
  }
  retry_wait_ = std::clamp(retry_wait_ * 2, first_retry, last_retry);
  retry_timer_.expires_after(retry_wait_);
  auto retry = [self = shared_from_this()](boost::system::error_code aborted) {
    if (!aborted && self->waiter_.is_open()) self->accept_waiting();
  };
  loops_.front()->async_wait(retry_timer_, std::move(retry));
}

void Listener::close() {
  if (!waiter_.is_open()) return;
  // Clients in the queue are connected as far as they know, and may have sent a request.
  int error = 0;
  try {
    while (error == 0 && !is_full()) {
      if (Descriptor descriptor = accept(error)) hand_over(std::move(descriptor));
    }
  } catch (const std::exception& fault) {
    state_->settings().logger->error("connection refused: {}", fault.what());  // out of memory
  }
  retry_timer_.cancel();
  socket_.remove_file();
  boost::system::error_code ignored;
  waiter_.close(ignored);
  traffic_.reset();
}

}  // namespace serval::detail
