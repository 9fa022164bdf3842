// SPDX-License-Identifier: MIT
// Accepts connections on one address and hands them to the loops evenly.
#pragma once

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "net/listening_socket.hpp"
#include "net/loop.hpp"
#include "net/socket_address.hpp"

namespace serval::detail {

/// Runs on the first of its loops. An error of `accept`, such as a lack of file descriptors, neither ends it nor makes
/// it spin: it pauses and tries again.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  /// `make` creates the transport of each connection. REQUIRES: at least one loop.
  Listener(std::shared_ptr<ServerState> state, std::vector<std::shared_ptr<Loop>> loops, ListeningSocket socket,
           std::shared_ptr<const TransportFactory> make);

  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] const ListeningSocket& socket() const noexcept { return socket_; }

  /// Begins to accept connections. Must be called once, before any of the loops runs or on the first loop.
  void start();
  /// Accepts the connections that are already in the queue, and then no more. Must be called on the first loop.
  void close();
  /// Called when a connection has ended, so that there may be room for another one. Thread safety: any thread.
  void on_free_place();

 private:
  using Waiter = boost::asio::posix::basic_stream_descriptor<Loop::Executor>;
  using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                  boost::asio::wait_traits<std::chrono::steady_clock>, Loop::Executor>;

  void await_connection();
  void accept_waiting();
  void accept_some();
  [[nodiscard]] Descriptor accept(int& error);
  void hand_over(Descriptor descriptor);
  void pause(int error);
  [[nodiscard]] bool is_full() const noexcept;
  [[nodiscard]] Loop& next_loop() noexcept;

  const std::shared_ptr<ServerState> state_;
  const std::vector<std::shared_ptr<Loop>> loops_;
  const std::shared_ptr<const TransportFactory> make_;
  ListeningSocket socket_;
  Waiter waiter_;  // owns the descriptor of socket_
  Timer retry_timer_;
  SocketAddress peer_;    // the peer of the connection that was accepted last
  std::size_t turn_ = 0;  // index of the next loop among equally loaded ones
  std::chrono::milliseconds retry_wait_{0};
  ServerState::Traffic traffic_;  // held while connections are accepted
  bool is_started_ = false;
  bool waiting_ = false;           // a wait for a connection is outstanding
  std::atomic<bool> full_{false};  // paused until a connection ends
};

}  // namespace serval::detail
