// SPDX-License-Identifier: MIT
// Which threads are running an event loop: functions that block must not be called there.
#pragma once

namespace boost::asio {
class io_context;
}

namespace serval::detail {

class MarkedContext;

/// An event loop runs on that io_context, for as long as this lives: a thread that runs the context is then
/// `on_event_loop`. Costs nothing while the context runs. Lifetime: the context outlives it. Thread safety: any thread.
class EventLoopMark {
 public:
  explicit EventLoopMark(boost::asio::io_context& context);
  ~EventLoopMark();
  EventLoopMark(const EventLoopMark&) = delete;
  EventLoopMark& operator=(const EventLoopMark&) = delete;

 private:
  MarkedContext& context_;
};

/// Marks this thread as one that runs an event loop: a test client calls handlers without a running loop.
class EventLoopScope {
 public:
  EventLoopScope() noexcept;
  ~EventLoopScope();
  EventLoopScope(const EventLoopScope&) = delete;
  EventLoopScope& operator=(const EventLoopScope&) = delete;
};

/// Whether this thread is inside `run` of a marked io_context, or inside an `EventLoopScope`.
[[nodiscard]] bool on_event_loop();

}  // namespace serval::detail
