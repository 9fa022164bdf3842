// SPDX-License-Identifier: MIT
// Accepts connections on one address and hands them to the loops evenly.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "net/loop.hpp"

namespace serval::detail {

/// Lives on the first of its loops. It never spins and never dies: an error of accept, such as file descriptors
/// running out, makes it pause and try again.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  struct Address {
    std::string host;
    std::uint16_t port = 0;
    int backlog = 0;
    enum class Reuse : std::uint8_t { no, yes } reuse = Reuse::yes;
  };

  /// REQUIRES: at least one loop.
  Listener(std::shared_ptr<ServerState> state, std::vector<std::shared_ptr<Loop>> loops);

  /// Binds and listens. Errors: `std::system_error` that names the address.
  void open(const Address& address);
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

  /// Begins to accept. Once, after `open`, before any of its loops runs or from the first loop.
  void start();
  /// On the first loop: takes what has connected already, then accepts no more.
  void close();
  /// There may be room for a connection again. Thread safety: any thread.
  void on_free_place();

 private:
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Loop::Executor>;
  using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                  boost::asio::wait_traits<std::chrono::steady_clock>, Loop::Executor>;

  void await_connection();
  void accept_waiting();
  void hand_over(Loop::Socket socket);
  void pause(const boost::system::error_code& error);
  [[nodiscard]] bool is_full() const noexcept;
  [[nodiscard]] Loop& next_loop() noexcept;

  const std::shared_ptr<ServerState> state_;
  const std::vector<std::shared_ptr<Loop>> loops_;
  Acceptor acceptor_;
  Timer retry_timer_;
  boost::asio::ip::tcp::endpoint peer_;  // of the socket being accepted
  std::uint16_t port_ = 0;
  std::size_t turn_ = 0;  // whose turn it is among equally loaded loops
  std::chrono::milliseconds retry_wait_{0};
  bool waiting_ = false;           // a wait for a connection is outstanding
  std::atomic<bool> full_{false};  // paused until a place is free
};

}  // namespace serval::detail
