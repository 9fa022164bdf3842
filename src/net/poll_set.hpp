// SPDX-License-Identifier: MIT
// The sockets of an event loop with its own thread, in a level-triggered epoll set.
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

/// Waits for sockets with fewer system calls than Asio, which makes one for each wait. Here the kernel is called only
/// when the events that a socket waits for change. A socket stays registered for input while its connection works on a
/// request, so that the wait for the next request costs no call. Input that arrives while nobody waits for it is
/// reported once; the socket is then not registered for input until somebody waits again.
/// The set itself is a descriptor, which waits in the io_context like any other.
/// Thread safety: none; it is used only on the thread of the loop.
class PollSet {
 public:
  /// The entry of one socket. It must not move while it is in the set.
  class Member {
   public:
    Member() = default;
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

   private:
    friend class PollSet;
    using Ref = boost::intrusive_ptr<Transport::Observer>;
    Ref observer_;                  // set while the socket waits for an event
    int descriptor_ = -1;           // valid while `is_known_`
    std::uint32_t registered_ = 0;  // the epoll events that the kernel reports; it always reports errors
    std::uint8_t wanted_ = 0;       // a bit for each event that the socket waits for
    bool is_known_ = false;         // the socket is in the kernel's set
  };

  /// Errors: `std::system_error` if the system has no descriptors left.
  explicit PollSet(boost::asio::io_context& context);
  ~PollSet();
  PollSet(const PollSet&) = delete;
  PollSet& operator=(const PollSet&) = delete;

  /// Waits like `Transport::wait`. Errors: `std::system_error` if the system is out of memory.
  void wait(Member& member, int descriptor, Transport::Event event, Transport::Observer& observer);
  /// Ends the waits of a socket and removes it from the set. Must be called before the descriptor is closed.
  void remove(Member& member, int descriptor) noexcept;

 private:
  using Waiter = boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type>;
  struct OnReady;

  void arm();
  void take_events();
  void report(Member& member, std::uint32_t events) noexcept;
  void register_for(Member& member, int descriptor, std::uint32_t events);
  void forget_unwanted(Member& member, std::uint32_t events) noexcept;

  // The most events that are handled in one go, so that the loop's timers and tasks get their turn.
  static constexpr std::size_t max_events = 128;

  Descriptor own_;
  Waiter waiter_;
  // Shared with the handler of the outstanding wait, which may run after the set has been destroyed; null from then on.
  std::shared_ptr<PollSet*> self_ = std::make_shared<PollSet*>(this);
  bool is_armed_ = false;
  std::size_t waiting_ = 0;  // number of members that wait for an event
  std::array<epoll_event, max_events> events_;
  std::size_t next_ = 0, count_ = 0;  // the next one and the number of `events_`, while they are being reported
};

}  // namespace serval::detail

#endif
