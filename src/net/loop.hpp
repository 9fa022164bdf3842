// SPDX-License-Identifier: MIT
// One event loop: its connections and what they share, such as deadlines, spare buffers and the formatted date.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/event_loops.hpp"
#include "base/lag_probe.hpp"
#include "net/accepted_socket.hpp"
#include "net/deadlines.hpp"
#include "net/loop_counters.hpp"
#include "net/output_buffer.hpp"
#include "net/server_state.hpp"
#include "net/turn.hpp"
#include "wire/response_writer.hpp"

namespace serval::detail {

class Connection;
class Loop;
class PollSet;
class Transport;

/// Creates the transport of a connection. It is called on the loop that the connection lives on. Errors: those of the
/// system, out of memory. Lifetime: the loop outlives the transport.
using TransportFactory = std::function<std::unique_ptr<Transport>(Loop& loop, AcceptedSocket socket)>;

/// The code of a loop and of its connections runs on one thread at a time: the loop's own thread, or a strand of an
/// io_context that several threads run.
/// Lifetime: its connections share it, so that it stays alive for operations that are left on a caller's io_context.
/// Thread safety: any thread may call `post`, `adopt`, `load` and `lag`, and read the counters; everything else belongs
/// to the loop.
class Loop final : public std::enable_shared_from_this<Loop>, private Deadlines::Waiter {
 public:
  using Executor = boost::asio::io_context::executor_type;
  enum class Threading { one_thread, many_threads };

  Loop(std::shared_ptr<ServerState> state, boost::asio::io_context& context, Threading threading);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// The executor for the completion handlers and tasks of this loop.
  [[nodiscard]] const boost::asio::any_io_executor& executor() const noexcept { return executor_; }
  [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }
  template <class Function>
  void post(Function&& function) {
    boost::asio::post(executor_, std::forward<Function>(function));
  }
  /// Waits until a socket or descriptor is ready. A loop with its own thread binds no executor to the handler, which is
  /// the cheapest way through Asio.
  template <class IoObject, class Handler>
  void async_wait(IoObject& object, typename IoObject::wait_type what, Handler&& handler) {
    if (strand_) {
      object.async_wait(what, boost::asio::bind_executor(*strand_, std::forward<Handler>(handler)));
    } else {
      object.async_wait(what, std::forward<Handler>(handler));
    }
  }

  template <class Timer, class Handler>
  void async_wait(Timer& timer, Handler&& handler) {
    if (strand_) {
      timer.async_wait(boost::asio::bind_executor(*strand_, std::forward<Handler>(handler)));
    } else {
      timer.async_wait(std::forward<Handler>(handler));
    }
  }

#ifdef __linux__
  /// The epoll set that the sockets of this loop wait in; null if several threads run the io_context.
  [[nodiscard]] PollSet* poll_set() noexcept { return poll_set_.get(); }
#endif

  /// Called by the destructor of `Place`.
  void release_connection() noexcept;
  /// Counts one connection of this loop: in the connections and the traffic of the server, and in the loop's load.
  using Place = Hold<Loop, &Loop::release_connection>;

  /// Takes over an accepted socket. Its transport is created on the loop. Errors: out of memory.
  void adopt(AcceptedSocket socket, std::shared_ptr<const TransportFactory> make);
  /// The number of connections on this loop and on their way to it.
  [[nodiscard]] std::size_t load() const noexcept { return load_.load(std::memory_order_relaxed); }

  /// The counters of this loop, which its connections change.
  [[nodiscard]] LoopCounters& counters() noexcept { return counters_; }
  [[nodiscard]] const LoopCounters& counters() const noexcept { return counters_; }
  /// Returns how long the task that an earlier call has posted waited for the loop, or has waited so far. Then posts
  /// the next task, unless one is still waiting. Thread safety: any thread.
  [[nodiscard]] std::chrono::nanoseconds lag();

  /// Called when the server is about to stop: each connection ends with its next response, idle connections stay open.
  void leave() noexcept { leaving_ = true; }
  /// Returns whether each response is now the last one on its connection.
  [[nodiscard]] bool ends_connections() const noexcept { return leaving_ || draining_; }
  /// Ends each connection after the response in flight, and all remaining connections at `deadline`.
  void drain(SteadyTime deadline);
  [[nodiscard]] bool draining() const noexcept { return draining_; }

  // --- for connections ---------------------------------------------------------------------------
  [[nodiscard]] ServerState& state() noexcept { return *state_; }
  [[nodiscard]] const Settings& settings() const noexcept { return state_->settings(); }
  [[nodiscard]] ResponseWriter& writer() noexcept { return writer_; }

  /// The time of the last `touch`.
  [[nodiscard]] SteadyTime now() const noexcept { return now_; }
  void touch();

  void set_deadline(Deadlines::Waiter& waiter, SteadyTime due);
  void remove_deadline(Deadlines::Waiter& waiter) noexcept { deadlines_.remove(waiter); }
  /// Calls `on_deadline` of all waiters whose deadline has passed. The loop's timer calls this function in time; a test
  /// with its own clock calls it itself.
  void expire();

  [[nodiscard]] std::unique_ptr<Turn> borrow_turn();
  [[nodiscard]] std::shared_ptr<InputBuffer> borrow_input();
  [[nodiscard]] std::shared_ptr<InputBuffer> borrow_large_input();
  [[nodiscard]] std::unique_ptr<OutputBuffer> borrow_output();
  /// Finishes the exchange, and keeps the turn for another request once the task of `Service::finish`, if there is one,
  /// has ended.
  void retire(std::unique_ptr<Turn> turn) noexcept;
  void give_back(std::shared_ptr<InputBuffer> input) noexcept;
  void give_back(std::unique_ptr<OutputBuffer> output) noexcept;

  void enlist(Connection& connection);
  void forget(Connection& connection) noexcept;
  void rest() noexcept;

 private:
  using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                  boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
  [[nodiscard]] Place count_connection() noexcept;
  void begin(AcceptedSocket socket, const TransportFactory& make, Place place) noexcept;
  void on_deadline() override;  // the deadline of `drain`: cuts all remaining connections, cancels background work
  void arm_timer();
  struct TurnDone;
  [[nodiscard]] http::Pending finish(Turn& turn) noexcept;
  void await_end(std::unique_ptr<Turn> turn, http::Pending pending) noexcept;
  void enlist_ending(Turn& turn);
  void forget_ending(Turn& turn) noexcept;
  void recycle(std::unique_ptr<Turn> turn) noexcept;
  [[nodiscard]] bool is_quiet() const noexcept { return connections_.empty() && ending_turns_.empty(); }
  void observe(const routing::Middleware& observer, const Request& request, const Finished& how) noexcept;

  const std::shared_ptr<ServerState> state_;
  boost::asio::io_context& context_;
  const EventLoopMark mark_;
  const std::optional<boost::asio::strand<Executor>> strand_;
  const boost::asio::any_io_executor executor_;
  std::atomic<std::size_t> load_{0};
  LoopCounters counters_;
  LagProbe lag_probe_;

#ifdef __linux__
  const std::unique_ptr<PollSet> poll_set_;
#endif
  ResponseWriter writer_;
  SteadyTime now_{};
  SteadyTime date_due_{};
  Deadlines deadlines_;
  Timer timer_;
  SteadyTime timer_due_ = Deadlines::never;
  bool leaving_ = false;
  bool draining_ = false;
  SteadyTime stop_due_ = Deadlines::never;

  std::vector<Connection*> connections_;  // the open connections; each knows its index
  std::vector<Turn*> ending_turns_;       // whose `Service::finish` continues; each knows its index
  std::vector<std::unique_ptr<Turn>> spare_turns_;
  std::vector<std::shared_ptr<InputBuffer>> spare_inputs_;
  std::vector<std::shared_ptr<InputBuffer>> spare_large_inputs_;
  std::vector<std::unique_ptr<OutputBuffer>> spare_outputs_;
};

}  // namespace serval::detail
