// SPDX-License-Identifier: MIT
// How a server goes out of service: not ready any more; after the delay in which proxies notice, no new connections;
// the last answers; the end of services.
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
  /// `delay`: `ServerOptions::stop_delay`. REQUIRES: at least one loop, which the listeners live on.
  StopSequence(std::shared_ptr<ServerState> state, std::shared_ptr<http::Host> host,
               std::vector<std::shared_ptr<Listener>> listeners, std::vector<std::shared_ptr<Loop>> loops,
               std::chrono::milliseconds delay);

  /// Whatever is left is cut at `due`, the delay included. A further call can only bring that forward.
  void begin(SteadyTime due);
  /// As above, without the delay.
  void begin_at_once(SteadyTime due);
  /// There is no traffic any more: services end. They do so after half of the time until `due` in any case, so that a
  /// request which does not end leaves them the other half.
  void drain();

 private:
  using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                  boost::asio::wait_traits<std::chrono::steady_clock>, Loop::Executor>;
  enum class Step : std::uint8_t { serving, leaving, stopping };

  void leave();
  void await(SteadyTime until, void (StopSequence::*next)());
  void await_delay();
  void end_delay();
  void stop(SteadyTime due);
  void await_quiet();

  const std::shared_ptr<ServerState> state_;
  const std::shared_ptr<http::Host> host_;
  const std::vector<std::shared_ptr<Listener>> listeners_;
  const std::vector<std::shared_ptr<Loop>> loops_;
  const std::chrono::milliseconds delay_;
  Timer timer_;  // touched on the first loop alone

  std::mutex mutex_;  // guards all below
  Step step_ = Step::serving;
  SteadyTime due_ = SteadyTime::max();  // of all
  SteadyTime delay_end_ = SteadyTime::max();
};

}  // namespace serval::detail
