// SPDX-License-Identifier: MIT
// The tasks of handlers in an HTTP/1 session: the start, the end and the deadline of a task, its cancellation when the
// client disconnects, and the hand-over to a WebSocket that the handler accepts.
#include <spdlog/logger.h>
#include <utility>

#include "handler/passage.hpp"
#include "handler/what_of.hpp"
#include "http/request_note.hpp"
#include "net/connection_guard.hpp"
#include "net/http1_session.hpp"
#include "net/web_socket_session.hpp"

namespace serval::detail {

void Http1Session::start_task(http::Pending pending, Phase next) {
  after_task_ = next;
  phase_ = Phase::running;
  if (!flush() && !connection_.is_open()) return;  // earlier responses do not wait for this one
  task_ = turn_.get();
  task_->owner = this;
  const auto limit =
      task_->admission.handler_deadline.count() != 0 ? task_->admission.handler_deadline : settings().timeouts.handler;
  task_->task_begun = loop().now();
  phase_due_ = connection_.in(limit);
  // The time that the gate took before the body was read counts. The time in which the body arrived does not.
  if (phase_due_ != Deadlines::never && !task_->has_left) phase_due_ -= task_->gate_time;
  connection_.arm();
  connection_.watch();
  await_half_close();
  detail::start_task(connection_, std::move(turn_), std::move(pending));
}

void Http1Session::on_task_done(std::unique_ptr<Turn> turn, const std::exception_ptr& fault) {
  connection_.guarded([&] {
    task_ = nullptr;
    turn_ = std::move(turn);
    phase_due_ = Deadlines::never;
    phase_ = after_task_;
    if (phase_ == Phase::gate) turn_->gate_time = loop().now() - turn_->task_begun;
    if (fault && turn_->exchange.streaming != http::Exchange::Streaming::none) {
      turn_->ending = http::Ending::failed;
      return connection_.close();
    }
    if (fault) {
      // The service promises that its tasks do not throw. The client gets a response all the same.
      settings().logger->error("{} {}: the handler's task ended with an exception{}",
                               turn_->exchange.request.method_text(), turn_->exchange.request.target(),
                               request_note(turn_->exchange.request));
      refuse(500, "Internal Server Error");
    }
    run();
  });
}

void Http1Session::give_up_task() noexcept {
  Turn& turn = *std::exchange(task_, nullptr);
  turn.note_parts();
  end_turn(turn);
  if (turn.web_socket) turn.web_socket->abandon();
  detail::give_up_task(connection_, turn, turn.is_replaced ? Outcome::What::deadline : what_of(turn.ending));
}

/// Answers in place of a task that has exceeded its deadline. The task may use its exchange until it has noticed the
/// cancellation, so the response gets another turn.
void Http1Session::time_out_task() {
  Turn& late = *task_;
  begin_turn();  // for the same request, which has been counted already
  turn_->is_refused = late.is_refused;
  turn_->in_flight = std::move(late.in_flight);
  turn_->exchange.request.follow(late.exchange.request);
  turn_->exchange.route = late.exchange.route;
  turn_->exchange.passage().follow(late.exchange.passage());
  turn_->ending = http::Ending::deadline;
  late.is_replaced = true;
  turn_->pinned_head = late.pinned_head;
  turn_->started = late.started;
  const bool was_leaving = late.has_left;
  give_up_task();
  refuse(503, "The handler took too long");
  turn_->has_left = was_leaving;  // a middleware whose `after` took too long is not called again
  run();
}

void Http1Session::hand_over() {
  phase_ = Phase::over;
  Turn& turn = *std::exchange(task_, nullptr);
  turn.has_upgraded = true;
  turn.running.reset();  // a WebSocket may last for days and does not count as a request in flight
  turn.in_flight.reset();
  turn.exchange.stream = nullptr;
  turn.exchange.set_body_source(nullptr);
  turn.parts.reset();
  turn.exchange.response.reset();
  connection_.return_input();
  connection_.become(turn.web_socket);
}

}  // namespace serval::detail
