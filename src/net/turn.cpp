// SPDX-License-Identifier: MIT
// The task of a request: its start, its end and its cancellation.
#include "net/turn.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <utility>

#include <serval/base/task.hpp>

#include "net/connection.hpp"
#include "net/web_socket_session.hpp"

namespace serval::detail {

namespace asio = boost::asio;

namespace {

/// The completion handler of a task.
struct TaskDone {
  Connection::Ref connection;
  ServerState::Traffic traffic;
  std::unique_ptr<Turn> turn;

  TaskDone(Connection& its_connection, std::unique_ptr<Turn> its_turn)
      : connection(&its_connection), traffic(connection->loop()->state().hold_traffic()), turn(std::move(its_turn)) {
    turn->running = connection->loop()->state().hold_task();
  }
  TaskDone(TaskDone&&) = default;
  TaskDone& operator=(TaskDone&&) = delete;
  ~TaskDone() {
    // Only if the io_context is destroyed before the task has ended.
    if (turn && turn->owner != nullptr) turn->owner->on_task_lost();
  }

  void operator()(const std::exception_ptr& fault) {
    turn->running.reset();
    Turn& ended = *turn;
    if (ended.cancelling)
      ended.self = std::move(turn);  // its cancellation signal is in use further up the stack
    else if (ended.owner == nullptr)
      connection->loop()->retire(std::move(turn));
    else
      std::exchange(ended.owner, nullptr)->on_task_done(std::move(turn), fault);
  }
};

}  // namespace

Turn::Turn() = default;
Turn::~Turn() = default;

void Turn::reset() noexcept {
  exchange.reset();
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
  owner = nullptr;
  is_replaced = is_refused = has_left = false;
  ending = http::Ending::complete;
  status = 0;
  body_begin = body_end = sent_bytes = 0;
  ended = {};
  parts.reset();
  body.reset();
  web_socket.reset();
  has_upgraded = false;
}

void start_task(Connection& connection, std::unique_ptr<Turn> turn, http::Pending pending) {
  const auto slot = turn->cancellation.slot();
  asio::co_spawn(connection.loop()->executor(), pending.take(),
                 asio::bind_cancellation_slot(slot, TaskDone(connection, std::move(turn))));
}

void give_up_task(Connection& connection, Turn& turn, Outcome::What why) noexcept {
  turn.in_flight.reset();
  turn.owner = nullptr;
  turn.exchange.given_up = why;
  turn.pinned_input = connection.input();
  // Its coroutine may wait for the peer in a place that cancellation does not reach, so it is woken.
  if (turn.parts) turn.parts->written.tell();
  if (turn.body) turn.body->ready.tell();
  turn.cancelling = true;
  turn.cancellation.emit(asio::cancellation_type::terminal);
  turn.cancelling = false;
  if (turn.self) connection.loop()->retire(std::move(turn.self));
}

}  // namespace serval::detail
