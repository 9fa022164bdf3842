// SPDX-License-Identifier: MIT
// How a server goes out of service: not ready any more, then, after the delay in which proxies notice, no new
// connections, the end of services, the last answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include <serval/handler/host.hpp>

#include "net/listener.hpp"
#include "net/loop.hpp"
#include "net/server_state.hpp"

namespace serval::detail {

/// Shared by the server and what it has posted to its loops, which may come to pass after the server's end.
/// Thread safety: all of it.
class StopSequence : public std::enable_shared_from_this<StopSequence> {
 public:
  /// `delay`: `ServerOptions::stop_delay`. REQUIRES: at least one loop, which the listener lives on.
  StopSequence(std::shared_ptr<ServerState> state, std::shared_ptr<http::Host> host, std::shared_ptr<Listener> listener,
               std::vector<std::shared_ptr<Loop>> loops, std::chrono::milliseconds delay);

  /// Whatever is left is cut at `due`, the delay included. A further call can only bring that forward.
  void begin(SteadyTime due);
  /// As above, without the delay.
  void begin_at_once(SteadyTime due);

 private:
  using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                  boost::asio::wait_traits<std::chrono::steady_clock>, Loop::Executor>;
  enum class Step : std::uint8_t { serving, leaving, stopping };

  void leave();
  void await();
  void end_delay();
  void stop(SteadyTime due);

  const std::shared_ptr<ServerState> state_;
  const std::shared_ptr<http::Host> host_;
  const std::shared_ptr<Listener> listener_;
  const std::vector<std::shared_ptr<Loop>> loops_;
  const std::chrono::milliseconds delay_;
  Timer timer_;  // touched on the first loop alone

  std::mutex mutex_;  // guards all below
  Step step_ = Step::serving;
  SteadyTime due_ = SteadyTime::max();
  SteadyTime delay_end_ = SteadyTime::max();
};

}  // namespace serval::detail
