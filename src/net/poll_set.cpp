// SPDX-License-Identifier: MIT
#include "net/poll_set.hpp"

#ifdef __linux__

#include <boost/asio/error.hpp>
#include <cerrno>
#include <system_error>
#include <utility>

namespace serval::detail {

namespace asio = boost::asio;
using Event = Transport::Event;

namespace {

constexpr std::uint8_t bit_of(Event event) noexcept {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(event));
}

/// The epoll events to register for. The kernel reports errors in any case.
constexpr std::uint32_t events_for(std::uint8_t wanted) noexcept {
  return ((wanted & bit_of(Event::readable)) != 0 ? std::uint32_t{EPOLLIN} : 0) |
         ((wanted & bit_of(Event::writable)) != 0 ? std::uint32_t{EPOLLOUT} : 0);
}

/// The events that epoll events mean for the waits. An error completes all of them: a read or write then finds it.
constexpr std::uint8_t bits_of(std::uint32_t events) noexcept {
  if ((events & (EPOLLERR | EPOLLHUP)) != 0)
    return bit_of(Event::readable) | bit_of(Event::writable) | bit_of(Event::failed);
  return static_cast<std::uint8_t>(((events & EPOLLIN) != 0 ? bit_of(Event::readable) : 0) |
                                   ((events & EPOLLOUT) != 0 ? bit_of(Event::writable) : 0));
}

}  // namespace

struct PollSet::OnReady {
  std::shared_ptr<PollSet*> set;

  void operator()(const boost::system::error_code& error) const {
    if (*set == nullptr) return;
    (*set)->is_armed_ = false;
    if (error == asio::error::operation_aborted) return;
    (*set)->take_events();
  }
};

PollSet::PollSet(asio::io_context& context) : own_(::epoll_create1(EPOLL_CLOEXEC)), waiter_(context.get_executor()) {
  if (!own_) throw std::system_error(errno, std::system_category(), "cannot make an event loop");
  waiter_.assign(own_.get());
  static_cast<void>(own_.release());  // the waiter closes it
}

PollSet::~PollSet() { *self_ = nullptr; }

void PollSet::arm() {
  if (is_armed_ || waiting_ == 0 || next_ != count_) return;
  waiter_.async_wait(Waiter::wait_read, OnReady{self_});
  is_armed_ = true;
}

void PollSet::wait(Member& member, int descriptor, Event event, Transport::Observer& observer) {
  const auto wanted = static_cast<std::uint8_t>(member.wanted_ | bit_of(event));
  const std::uint32_t events = events_for(wanted);
  if (!member.is_known_ || (events & ~member.registered_) != 0) register_for(member, descriptor, events);
  if (member.wanted_ == 0) {
    member.observer_ = &observer;
    ++waiting_;
  }
  member.wanted_ = wanted;
  arm();
}

void PollSet::register_for(Member& member, int descriptor, std::uint32_t events) {
  epoll_event wanted{.events = member.registered_ | events, .data = {.ptr = &member}};
  const int operation = member.is_known_ ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  if (::epoll_ctl(waiter_.native_handle(), operation, descriptor, &wanted) != 0)
    throw std::system_error(errno, std::system_category(), "cannot wait for a socket");
  member.is_known_ = true;
  member.registered_ = wanted.events;
  member.descriptor_ = descriptor;
}

void PollSet::remove(Member& member, int descriptor) noexcept {
  // Done explicitly: a forked process may hold the socket open, and then it would stay in the set after its descriptor
  // is closed.
  if (std::exchange(member.is_known_, false)) ::epoll_ctl(waiter_.native_handle(), EPOLL_CTL_DEL, descriptor, nullptr);
  for (std::size_t i = next_; i < count_; ++i) {
    if (events_[i].data.ptr == &member) events_[i].data.ptr = nullptr;
  }
  member.registered_ = 0;
  if (std::exchange(member.wanted_, std::uint8_t{0}) == 0) return;
  --waiting_;
  const auto observer = std::move(member.observer_);  // its destruction may destroy the member
}

void PollSet::take_events() {
  const int count = ::epoll_wait(waiter_.native_handle(), events_.data(), static_cast<int>(max_events), 0);
  count_ = count > 0 ? static_cast<std::size_t>(count) : 0;
  next_ = 0;
  while (next_ < count_) {
    const epoll_event event = events_[next_++];
    if (event.data.ptr != nullptr) report(*static_cast<Member*>(event.data.ptr), event.events);
  }
  next_ = count_ = 0;
  arm();
}

void PollSet::report(Member& member, std::uint32_t events) noexcept {
  const auto happened = static_cast<std::uint8_t>(bits_of(events) & member.wanted_);
  if (happened == 0) return forget_unwanted(member, events);
  member.wanted_ = static_cast<std::uint8_t>(member.wanted_ & ~happened);
  // Held until the end: the observer, and the member with it, may otherwise be destroyed meanwhile.
  const Member::Ref observer = member.wanted_ != 0 ? member.observer_ : std::move(member.observer_);
  if (member.wanted_ == 0) --waiting_;
  for (const Event event : {Event::readable, Event::writable, Event::failed}) {
    if ((happened & bit_of(event)) != 0) observer->on_event(event);
  }
}

/// Deregisters events that the kernel reports although nobody waits for them; it would report them again and again.
void PollSet::forget_unwanted(Member& member, std::uint32_t events) noexcept {
  const bool is_error = (events & (EPOLLERR | EPOLLHUP)) != 0;  // reported as long as the socket is in the set
  epoll_event wanted{.events = events_for(member.wanted_), .data = {.ptr = &member}};
  if (::epoll_ctl(waiter_.native_handle(), is_error ? EPOLL_CTL_DEL : EPOLL_CTL_MOD, member.descriptor_, &wanted) != 0)
    return;
  member.registered_ = is_error ? 0 : wanted.events;
  member.is_known_ = !is_error;
}

}  // namespace serval::detail

#endif
