// SPDX-License-Identifier: MIT
// A TCP or Unix socket as a transport.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <memory>
#include <utility>

#include "net/accepted_socket.hpp"
#include "net/loop.hpp"
#include "net/poll_set.hpp"
#include "net/transport.hpp"

namespace serval::detail {

/// Implements everything except the waits, which depend on how the loop learns of events.
class SocketTransport : public Transport {
 public:
  std::size_t read_some(std::span<char> room, boost::system::error_code& error) noexcept override;
  std::size_t write_some(std::span<const boost::asio::const_buffer> bytes, Then then,
                         boost::system::error_code& error) noexcept override;
  std::size_t write_file(int file, std::uint64_t offset, std::size_t count,
                         boost::system::error_code& error) noexcept override;
  [[nodiscard]] bool is_open() const noexcept override { return handle_ >= 0; }
  [[nodiscard]] bool is_broken() noexcept override;
  [[nodiscard]] bool has_half_closed() noexcept override;
  [[nodiscard]] bool has_input() noexcept override;
  bool end_output() noexcept override;
  void close(Close how) noexcept override;
  [[nodiscard]] const http::Client& peer() const noexcept override { return peer_; }

 protected:
  /// The derived class owns `handle`.
  SocketTransport(int handle, http::Client peer) noexcept : handle_(handle), peer_(std::move(peer)) {}
  [[nodiscard]] int handle() const noexcept { return handle_; }

 private:
  /// Ends all waits and closes the handle.
  virtual void close_handle(int handle) noexcept = 0;

  int handle_;  // below 0: closed
  const http::Client peer_;
};

/// Waits with Asio.
class AsioSocketTransport final : public SocketTransport {
 public:
  /// Errors: those of the system. Lifetime: the loop outlives the transport.
  AsioSocketTransport(Loop& loop, AcceptedSocket accepted);
  void wait(Event event, Observer& observer) override;

 private:
  using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, Loop::Executor>;
  void close_handle(int handle) noexcept override;

  Loop& loop_;
  Socket socket_;
};

#ifdef __linux__
/// Waits in the epoll set of a loop that has one, see `Loop::poll_set`.
class PolledSocketTransport final : public SocketTransport {
 public:
  /// Lifetime: the set outlives the transport.
  PolledSocketTransport(PollSet& set, AcceptedSocket accepted);
  ~PolledSocketTransport() override;
  void wait(Event event, Observer& observer) override;

 private:
  void close_handle(int handle) noexcept override;

  PollSet& set_;
  PollSet::Member member_;
};
#endif

/// The `TransportFactory` for TCP and Unix sockets.
[[nodiscard]] std::unique_ptr<Transport> make_socket_transport(Loop& loop, AcceptedSocket accepted);

}  // namespace serval::detail
