// SPDX-License-Identifier: MIT
// A connection whose handler is a coroutine: the task's start, its end, its deadline, and its cancellation when the
// client goes away.
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <spdlog/logger.h>
#include <utility>

#include <serval/base/task.hpp>

#include "handler/passage.hpp"
#include "handler/what_of.hpp"
#include "net/connection.hpp"
#include "net/connection_body.hpp"
#include "net/connection_guard.hpp"
#include "net/connection_stream.hpp"
#include "net/web_socket_session.hpp"

namespace serval::detail {

namespace asio = boost::asio;

/// Completes a task. Owns the turn, so that exchange and request live as long as the coroutine that uses them, even
/// where the connection has ended before it.
struct Connection::TaskDone {
  Ref connection;
  ServerState::Traffic traffic;
  std::unique_ptr<Turn> turn;

  TaskDone(Ref owner, std::unique_ptr<Turn> its_turn)
      : connection(std::move(owner)), traffic(connection->loop_->state().hold_traffic()), turn(std::move(its_turn)) {
    turn->running = connection->loop_->state().hold_task();
  }
  TaskDone(TaskDone&&) = default;
  TaskDone& operator=(TaskDone&&) = delete;
  ~TaskDone() {
    // Only where the io_context is destroyed before the task has ended.
    if (turn && connection->task_ == turn.get()) connection->task_ = nullptr;
  }

  void operator()(const std::exception_ptr& fault) {
    turn->running.reset();
    connection->on_task_done(std::move(turn), fault);
  }
};

void Connection::start_task(http::Pending pending, Phase next) {
  after_task_ = next;
  phase_ = Phase::running;
  if (!flush() && phase_ == Phase::closed) return;  // earlier answers do not wait for this one
  task_ = turn_.get();
  const auto slot = task_->cancellation.slot();
  const auto limit = turn_->admission.handler_deadline.count() != 0 ? turn_->admission.handler_deadline
                                                                    : loop_->settings().timeouts.handler;
  task_->task_begun = loop_->now();
  phase_due_ = in(limit);
  // What was done before the body was read counts, the time in which the body came does not.
  if (phase_due_ != Deadlines::never && !task_->has_left) phase_due_ -= task_->gate_time;
  arm();
  await_failure();
  await_half_close();
  asio::co_spawn(loop_->executor(), pending.take(),
                 asio::bind_cancellation_slot(slot, TaskDone(Ref(this), std::move(turn_))));
}

void Connection::await_half_close() {
  if (loop_->settings().cancel_on_half_close) await_readable();
}

void Connection::on_input_while_running() {
  if (!loop_->settings().cancel_on_half_close) return;
  if (transport_->has_half_closed()) return close();
  // Who reads a body or a WebSocket waits for input by itself.
  if (body_ || task_->web_socket) return;
  // Requests that the client sends ahead are taken in as far as there is room: while they stand in the socket, a wait
  // for input is over at once, each time anew.
  if (!input_ || input_->room().empty()) return;
  if (receive() == Received::end) return close();
  await_readable();
}

void Connection::await_failure() {
  if (watching_) return;
  wait(Transport::Event::failed);
  watching_ = true;
}

void Connection::on_failure() {
  watching_ = false;
  // While no task runs, the next read or write finds the error by itself.
  if (phase_ != Phase::running && phase_ != Phase::web_socket) return;
  if (!transport_->is_open()) return;  // a send has found it before this wait's end came through
  if (!transport_->is_broken()) {
    // What is there is read first, and the end is found behind it.
    if (!transport_->has_input()) await_failure();
    return;
  }
  if (phase_ == Phase::web_socket) return web_socket_->on_lost();
  close();
}

void Connection::on_task_done(std::unique_ptr<Turn> turn, const std::exception_ptr& fault) {
  if (turn->cancelling) {
    late_ = std::move(turn);  // its cancellation signal is in use further up the stack
    return;
  }
  if (turn->detached) return loop_->retire(std::move(turn));
  if (turn->has_upgraded) return end_web_socket(std::move(turn), fault);
  guarded([&] {
    task_ = nullptr;
    turn_ = std::move(turn);
    phase_due_ = Deadlines::never;
    phase_ = after_task_;
    if (phase_ == Phase::gate) turn_->gate_time = loop_->now() - turn_->task_begun;
    if (fault && turn_->exchange.streaming != http::Exchange::Streaming::none) {
      turn_->ending = http::Ending::failed;
      return close();
    }
    if (fault) {
      // The service promises not to let this happen; the client gets an answer all the same.
      loop_->settings().logger->error("{} {}: the handler's task ended with an exception",
                                      turn_->exchange.request.method_text(), turn_->exchange.request.target());
      refuse(500, "Internal Server Error");
    }
    run();
  });
}

/// Cancels the task and forgets it: it ends in its own time, its answer goes nowhere.
void Connection::detach_task() {
  Turn& turn = *std::exchange(task_, nullptr);
  turn.in_flight.reset();
  turn.detached = true;
  if (stream_ && stream_->has_begun) note_stream(turn);
  if (turn.has_upgraded) note_web_socket(turn, *turn.web_socket);
  end_turn(turn);
  turn.exchange.given_up = turn.is_replaced ? Outcome::What::deadline : what_of(turn.ending);
  if (turn.web_socket) turn.web_socket->abandon();
  turn.pinned_input = input_;
  turn.cancelling = true;
  turn.cancellation.emit(asio::cancellation_type::terminal);
  turn.cancelling = false;
  // It may wait for the peer in a coroutine that no cancellation reaches.
  if (stream_) stream_->written.tell();
  body_.reset();
  if (late_) loop_->retire(std::move(late_));
}

/// Answers in place of a task that has had its time. The task may need the exchange until it has noticed that it is
/// cancelled, so the answer is another turn's.
void Connection::time_out_task() {
  const Request& late = task_->exchange.request;
  begin_turn();  // of the same request, which has been counted
  turn_->is_refused = task_->is_refused;
  turn_->in_flight = std::move(task_->in_flight);
  Request& request = turn_->exchange.request;
  request.assign({.method = late.method(),
                  .method_text = late.method_text(),
                  .target = late.target(),
                  .parts = http::Target::parse(late.target()).value_or(http::Target{}),
                  .version_minor = late.version_minor()});
  for (const http::HeaderView& field : late.headers()) request.mutable_headers().add(field.name, field.value);
  request.set_route(late.route(), late.route_options());
  request.share_state(late);
  turn_->exchange.route = task_->exchange.route;
  turn_->exchange.passage().follow(task_->exchange.passage());
  turn_->ending = http::Ending::deadline;
  task_->is_replaced = true;
  turn_->pinned_head = task_->pinned_head;
  turn_->started = task_->started;
  const bool was_leaving = task_->has_left;
  detach_task();
  refuse(503, "The handler took too long");
  turn_->has_left = was_leaving;  // what has kept the answer from leaving is not asked again
  run();
}

}  // namespace serval::detail
