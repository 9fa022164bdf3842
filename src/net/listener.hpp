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

/// Lives on the first of its loops. It never spins and never dies: an error of accept, such as file descriptors
/// running out, makes it pause and try again.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  /// `make` gives each connection its transport. REQUIRES: at least one loop.
  Listener(std::shared_ptr<ServerState> state, std::vector<std::shared_ptr<Loop>> loops, ListeningSocket socket,
           std::shared_ptr<const TransportFactory> make);

  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] const ListeningSocket& socket() const noexcept { return socket_; }

  /// Begins to accept. Once, before any of its loops runs or from the first loop.
  void start();
  /// On the first loop: takes what has connected already, then accepts no more.
  void close();
  /// There may be room for a connection again. Thread safety: any thread.
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
  SocketAddress peer_;    // of the socket being accepted
  std::size_t turn_ = 0;  // whose turn it is among equally loaded loops
  std::chrono::milliseconds retry_wait_{0};
  ServerState::Traffic traffic_;  // while it accepts
  bool is_started_ = false;
  bool waiting_ = false;           // a wait for a connection is outstanding
  std::atomic<bool> full_{false};  // paused until a place is free
};

}  // namespace serval::detail
