// SPDX-License-Identifier: MIT
// The steps of a graceful shutdown: the server is no longer ready; after the delay, in which proxies notice this, it
// accepts no new connections; it sends the last responses; then services end.
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

/// Shared by the server and the calls that it has posted to its loops, which may run after the server's end.
/// Thread safety: all of it.
class StopSequence : public std::enable_shared_from_this<StopSequence> {
 public:
  /// `delay`: `ServerOptions::stop_delay`. REQUIRES: at least one loop, on which the listeners live.
  StopSequence(std::shared_ptr<ServerState> state, std::shared_ptr<http::Host> host,
               std::vector<std::shared_ptr<Listener>> listeners, std::vector<std::shared_ptr<Loop>> loops,
               std::chrono::milliseconds delay);

  /// Everything that remains is cancelled at `due`, which includes the delay. A further call can only bring `due`
  /// forward.
  void begin(SteadyTime due);
  /// As above, without the delay.
  void begin_at_once(SteadyTime due);
  /// Ends services when there is no traffic any more. They are told to end after half of the time until `due` at the
  /// latest, so that they still have the other half if a request does not end.
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
  Timer timer_;  // used only on the first loop

  std::mutex mutex_;  // guards all members below
  Step step_ = Step::serving;
  SteadyTime due_ = SteadyTime::max();  // the deadline of the whole stop
  SteadyTime delay_end_ = SteadyTime::max();
};

}  // namespace serval::detail
