// SPDX-License-Identifier: MIT
// One request's turn on a connection: the exchange and all that the connection keeps beside it.
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <serval/handler/body_sink.hpp>
#include <serval/handler/finished.hpp>
#include <serval/handler/service.hpp>

#include "net/body_decoder.hpp"
#include "net/body_pace.hpp"
#include "net/deadlines.hpp"
#include "net/input_buffer.hpp"
#include "net/loop_counters.hpp"
#include "net/request_framing.hpp"
#include "net/server_state.hpp"

namespace serval::detail {

class WebSocketSession;

/// Owned by its connection, or by the task that answers it; kept by the loop for the next request afterwards.
class Turn {
 public:
  http::Exchange exchange;
  RequestFraming framing;
  http::Admission admission;
  BodyDecoder decoder;
  SteadyTime started{};  ///< when the head was complete
  std::uint64_t body_bytes = 0;
  BodyPace body_pace;
  SteadyTime task_begun{};                           ///< when its task was started, the last one
  std::chrono::steady_clock::duration gate_time{0};  ///< how long it has waited before its body was read

  /// Buffers that the request views and that the connection has let go of.
  std::shared_ptr<InputBuffer> pinned_head;
  std::shared_ptr<InputBuffer> pinned_input;

  boost::asio::cancellation_signal cancellation;
  bool detached = false;      ///< its task runs on, its answer is no longer wanted
  bool cancelling = false;    ///< `cancellation` is being emitted: must not be destroyed
  bool is_replaced = false;   ///< another turn answers in its place
  bool has_upgraded = false;  ///< its handshake was answered with 101
  bool is_refused = false;    ///< counted among the requests that the server has refused

  bool has_left = false;  ///< the application has had its last look at the answer
  /// How it ended, as far as it is known; `note_sent` completes it.
  http::Ending ending = http::Ending::complete;
  int status = 0;                ///< of the head that was formatted; 0: none was
  std::uint64_t body_begin = 0;  ///< of a whole answer's body, in the output buffer
  std::uint64_t body_end = 0;    ///< as above
  std::uint64_t sent_bytes = 0;  ///< of the body
  SteadyTime ended{};            ///< when nothing more was to be sent; not set: when it is retired

  /// It counts as a request in flight until it has ended. A WebSocket does not once it is open, nor does a request
  /// whose client has gone or that another turn answers.
  Counter::Holding in_flight;
  ServerState::RunningTask running;  ///< while its task runs, unless it is an open WebSocket's

  std::shared_ptr<WebSocketSession> web_socket;  ///< of a handshake; the connection's too once it is answered

  std::unique_ptr<Turn> next;  ///< in the chain of answered turns

  /// Takes a view of body bytes: hands them to the sink where there is one; else keeps them, and a body in one piece
  /// is not copied. False when the sink wants no more.
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
  /// To be called before the bytes that were taken go away.
  void settle_body() {
    joined_.append(piece_);
    piece_ = {};
  }
  /// All of it has been taken.
  void end_body() {
    if (http::BodySink* sink = exchange.body_sink()) return sink->end();
    exchange.request.set_body(piece_.empty() ? joined_ : piece_);
  }

  /// So much of the output buffer has been sent; nothing more of it will be where `ending` is none but complete.
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

  /// Ready for another request, with the small allocations kept and the large ones returned.
  void reset() noexcept {
    exchange.reset();
    if (exchange.response.body().capacity() > kept_bytes) std::string().swap(exchange.response.body());
    if (joined_.capacity() > kept_bytes) std::string().swap(joined_);
    joined_.clear();
    piece_ = {};
    body_bytes = 0;
    body_pace = {};
    gate_time = {};
    in_flight.reset();
    running.reset();
    pinned_head.reset();
    pinned_input.reset();
    detached = is_replaced = is_refused = has_left = false;
    ending = http::Ending::complete;
    status = 0;
    body_begin = body_end = sent_bytes = 0;
    ended = {};
    web_socket.reset();
    has_upgraded = false;
  }

 private:
  static constexpr std::size_t kept_bytes = 64 * 1024;

  std::string_view piece_;
  std::string joined_;
};

}  // namespace serval::detail
