// SPDX-License-Identifier: MIT
// One request's turn on a connection: the exchange, and everything that the connection keeps for it.
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include <serval/handler/body_sink.hpp>
#include <serval/handler/finished.hpp>
#include <serval/handler/service.hpp>

#include "base/change.hpp"
#include "net/body_pace.hpp"
#include "net/deadlines.hpp"
#include "net/input_buffer.hpp"
#include "net/loop_counters.hpp"
#include "net/server_state.hpp"
#include "wire/body_decoder.hpp"
#include "wire/request_framing.hpp"

namespace serval::detail {

class Connection;
class Turn;
class WebSocketSession;

/// The session that a running task belongs to.
class TaskOwner {
 public:
  /// The task has ended; its turn is returned.
  virtual void on_task_done(std::unique_ptr<Turn> turn, const std::exception_ptr& fault) = 0;
  /// The io_context is destroyed before the task has ended.
  virtual void on_task_lost() noexcept = 0;

 protected:
  ~TaskOwner() = default;
};

/// The state of an answer that a handler sends in parts.
struct StreamedAnswer {
  explicit StreamedAnswer(const boost::asio::any_io_executor& executor) : written(executor) {}

  Change written;          ///< notified when all output has been written
  bool has_begun = false;  ///< the head is in the output
  bool has_body = true;
  bool is_last = false;
  bool is_chunked = true;
  int status = 0;
  std::uint64_t bytes = 0;  ///< bytes of the body so far
  std::chrono::milliseconds silence{0};
  std::string_view keep_alive;
};

/// The state of a body that a handler reads while it runs.
struct StreamedBody {
  explicit StreamedBody(const boost::asio::any_io_executor& executor) : ready(executor) {}

  Change ready;               ///< notified when the handler should check again
  Refusal fault;              ///< why the rest of the body is not read
  bool is_asked_for = false;  ///< the handler wanted more than came with the head
  bool is_awaited = false;    ///< the handler waits for bytes
  SteadyTime due = Deadlines::never;
  std::size_t turn_bytes = 0;  ///< bytes that were read since the handler last waited
};

/// Owned by its session, or by the task that answers it; kept by the loop for the next request afterwards.
class Turn {
 public:
  Turn();
  ~Turn();
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  http::Exchange exchange;
  RequestFraming framing;
  http::Admission admission;
  BodyDecoder decoder;
  SteadyTime started{};  ///< when the head was complete
  std::uint64_t body_bytes = 0;
  BodyPace body_pace;
  SteadyTime task_begun{};                           ///< when its last task was started
  std::chrono::steady_clock::duration gate_time{0};  ///< how long its gate took before its body was read

  /// Buffers that the request has views of and that the connection does not use any more.
  std::shared_ptr<InputBuffer> pinned_head;
  std::shared_ptr<InputBuffer> pinned_input;

  boost::asio::cancellation_signal cancellation;
  TaskOwner* owner = nullptr;  ///< session of its running task; null: its answer is no longer wanted
  bool cancelling = false;     ///< `cancellation` is being emitted: the turn must not be destroyed
  std::unique_ptr<Turn> self;  ///< set if its task has ended meanwhile
  bool is_replaced = false;    ///< another turn answers in its place
  bool has_upgraded = false;   ///< its handshake was answered with 101
  bool is_refused = false;     ///< counted among the requests that the server has refused

  bool has_left = false;  ///< the answer has been passed to the `after` of the middleware
  /// How it ended, as far as it is known; `note_sent` completes it.
  http::Ending ending = http::Ending::complete;
  int status = 0;                ///< the status in the formatted head; 0: no head was formatted
  std::uint64_t body_begin = 0;  ///< where the body of a whole answer begins in the output buffer
  std::uint64_t body_end = 0;    ///< where it ends
  std::uint64_t sent_bytes = 0;  ///< bytes of the body that were sent
  SteadyTime ended{};            ///< when its end became known; not set: it ends when it is retired

  /// Held while it counts as a request in flight. An open WebSocket does not count, nor does a request whose client is
  /// gone or that another turn answers.
  Counter::Holding in_flight;
  ServerState::RunningTask running;  ///< held while its task runs, unless it has become a WebSocket

  std::unique_ptr<StreamedAnswer> parts;              ///< set if the handler sends its answer in parts
  std::unique_ptr<StreamedBody> body;                 ///< set if the handler reads the body
  boost::intrusive_ptr<WebSocketSession> web_socket;  ///< set for a handshake; becomes the session when accepted

  std::unique_ptr<Turn> next;    ///< in the chain of answered turns
  std::size_t ending_index = 0;  ///< its place among the turns of its loop whose `Service::finish` continues

  /// Takes the next bytes of the body: passes them to the sink if there is one, else keeps them. A body in one piece is
  /// kept as a view and not copied. Returns false if the sink wants no more.
  [[nodiscard]] bool take_body(std::string_view piece) {
    if (http::BodySink* sink = exchange.body_sink()) return sink->take(piece);
    if (joined_.empty() && piece_.empty()) {
      piece_ = piece;
    } else {
      settle_body();
      joined_.append(piece);
    }
    return true;
  }
  /// Copies the bytes that are kept as a view. Must be called before those bytes go away.
  void settle_body() {
    joined_.append(piece_);
    piece_ = {};
  }
  /// Called when the whole body has been taken.
  void end_body() {
    if (http::BodySink* sink = exchange.body_sink()) return sink->end();
    exchange.request.set_body(piece_.empty() ? joined_ : piece_);
  }

  /// Records the status and the bytes of an answer in parts.
  void note_parts() noexcept {
    if (!parts || !parts->has_begun) return;
    status = parts->status;
    sent_bytes = parts->bytes;
  }
  /// Records that it gets no (further) answer.
  void end(http::Ending why, SteadyTime now) noexcept {
    if (ending == http::Ending::complete) ending = why;
    ended = now;
  }
  /// Records that the output buffer has been sent up to `position`. `how` becomes the ending if part of the body was
  /// not sent and no other ending was recorded before.
  void note_sent(std::uint64_t position, http::Ending how) noexcept {
    sent_bytes += std::clamp(position, body_begin, body_end) - body_begin;
    if (position < body_end && ending == http::Ending::complete) ending = how;
  }
  [[nodiscard]] Finished finished(SteadyTime now) const noexcept {
    return {.status = status,
            .bytes = sent_bytes,
            .duration = (ended == SteadyTime{} ? now : ended) - started,
            .route = exchange.request.route(),
            .ending = ending};
  }

  /// Makes the turn ready for another request. Keeps small allocations and frees large ones.
  void reset() noexcept;

 private:
  static constexpr std::size_t kept_bytes = 64 * 1024;

  std::string_view piece_;
  std::string joined_;
};

/// Starts the task of a turn whose `owner` is set. The turn lives as long as the coroutine that uses it, even if the
/// connection ends earlier. Errors: out of memory.
void start_task(Connection& connection, std::unique_ptr<Turn> turn, http::Pending pending);
/// Cancels the turn's task and detaches from it: the task may still run for a while, and its answer is dropped.
/// REQUIRES: it runs, and its status and ending have been recorded.
void give_up_task(Connection& connection, Turn& turn, Outcome::What why) noexcept;

}  // namespace serval::detail
