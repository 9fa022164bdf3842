// SPDX-License-Identifier: MIT
// The sockets of an event loop that has a thread of its own, in a level-triggered epoll set.
#pragma once

#ifdef __linux__

#include <sys/epoll.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "net/descriptor.hpp"
#include "net/transport.hpp"

namespace serval::detail {

/// Asio tells the kernel anew what a socket waits for at each wait. Here it is told when that changes, and a socket
/// that waits for input stays one that does, also while its connection is at work: a request costs no call for its
/// wait. Input that comes meanwhile and that nobody waits for is reported once, and then no more until somebody does.
/// The set is itself a descriptor, which waits in the io_context like any other. Thread safety: none; all of it happens
/// on the thread of the loop.
class PollSet {
 public:
  /// One socket's place in the set. It does not move while it is there.
  class Member {
   public:
    Member() = default;
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

   private:
    friend class PollSet;
    using Ref = boost::intrusive_ptr<Transport::Observer>;
    Ref observer_;                  // while it waits for anything
    int descriptor_ = -1;           // where it is known to the kernel
    std::uint32_t registered_ = 0;  // what the kernel reports besides errors
    std::uint8_t wanted_ = 0;       // a bit for each event
    bool is_known_ = false;         // to the kernel
  };

  /// Errors: `std::system_error` where the system has no descriptors left.
  explicit PollSet(boost::asio::io_context& context);
  ~PollSet();
  PollSet(const PollSet&) = delete;
  PollSet& operator=(const PollSet&) = delete;

  /// As `Transport::wait`. Errors: `std::system_error` where the system is out of memory.
  void wait(Member& member, int descriptor, Transport::Event event, Transport::Observer& observer);
  /// Ends its waits, before the descriptor is closed.
  void remove(Member& member, int descriptor) noexcept;

 private:
  using Waiter = boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type>;
  struct OnReady;

  void arm();
  void take_events();
  void report(Member& member, std::uint32_t events) noexcept;
  void register_for(Member& member, int descriptor, std::uint32_t events);
  void forget_unwanted(Member& member, std::uint32_t events) noexcept;

  // So many events are taken in one go; then the loop's timers and tasks have their turn.
  static constexpr std::size_t max_events = 128;

  Descriptor own_;
  Waiter waiter_;
  // Shared with the handler that waits: it may come after the set has gone.
  std::shared_ptr<PollSet*> self_ = std::make_shared<PollSet*>(this);
  bool is_armed_ = false;
  std::size_t waiting_ = 0;  // members that wait
  std::array<epoll_event, max_events> events_;
  std::size_t next_ = 0, count_ = 0;  // of events_, while they are being reported
};

}  // namespace serval::detail

#endif
