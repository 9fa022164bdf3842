// SPDX-License-Identifier: MIT
#include "net/loop.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/co_spawn.hpp>
#include <spdlog/logger.h>

#include <algorithm>
#include <exception>

#include <serval/base/task.hpp>

#include "handler/passage.hpp"
#include "net/connection.hpp"
#include "net/poll_set.hpp"
#include "net/transport.hpp"

namespace serval::detail {

namespace {

// The most spare objects of each kind that a loop keeps; more are freed.
constexpr std::size_t max_spare = 64;
constexpr std::size_t max_spare_large = 8;
constexpr std::chrono::milliseconds date_interval{50};

template <class T>
void keep(std::vector<T>& spare, T item) noexcept {
  if (spare.size() < spare.capacity()) spare.push_back(std::move(item));  // no allocation: capacity was reserved
}

template <class T>
[[nodiscard]] T take(std::vector<T>& spare) noexcept {
  if (spare.empty()) return nullptr;
  T item = std::move(spare.back());
  spare.pop_back();
  return item;
}

template <class Executor>
[[nodiscard]] std::optional<boost::asio::strand<Executor>> make_strand(Executor executor, Loop::Threading threading) {
  if (threading == Loop::Threading::one_thread) return std::nullopt;
  return boost::asio::strand<Executor>(executor);
}

}  // namespace

Loop::Loop(std::shared_ptr<ServerState> state, boost::asio::io_context& context, Threading threading)
    : state_(std::move(state)),
      context_(context),
      mark_(context),
      strand_(make_strand(context.get_executor(), threading)),
      executor_(strand_ ? boost::asio::any_io_executor(*strand_)
                        : boost::asio::any_io_executor(context.get_executor())),
#ifdef __linux__
      poll_set_(threading == Threading::one_thread ? std::make_unique<PollSet>(context) : nullptr),
#endif
      writer_({.date = state_->settings().date_header, .server = state_->settings().server_header}),
      timer_(context.get_executor()) {
  spare_turns_.reserve(max_spare);
  spare_inputs_.reserve(max_spare);
  spare_large_inputs_.reserve(max_spare_large);
  spare_outputs_.reserve(max_spare);
}

Loop::~Loop() = default;

void Loop::touch() {
  now_ = settings().clock ? settings().clock() : std::chrono::steady_clock::now();
  if (now_ < date_due_) return;
  date_due_ = now_ + date_interval;
  writer_.set_time(std::chrono::system_clock::now());
}

Loop::Place Loop::count_connection() noexcept {
  load_.fetch_add(1, std::memory_order_relaxed);
  state_->count_connection();
  return Place(*this);
}

void Loop::release_connection() noexcept {
  load_.fetch_sub(1, std::memory_order_relaxed);
  state_->release_connection();
}

void Loop::adopt(AcceptedSocket socket, std::shared_ptr<const TransportFactory> make) {
  post([self = shared_from_this(), place = count_connection(), socket = std::move(socket),
        make = std::move(make)]() mutable { self->begin(std::move(socket), *make, std::move(place)); });
}

/// Starts a connection. If that fails, such as for lack of memory, there is no connection yet: the socket is closed and
/// the failure is logged.
void Loop::begin(AcceptedSocket socket, const TransportFactory& make, Place place) noexcept {
  touch();
  try {
    Connection::start(shared_from_this(), make(*this, std::move(socket)), std::move(place));
  } catch (const std::exception& fault) {
    settings().logger->error("connection refused: {}", fault.what());
  }
}

void Loop::enlist(Connection& connection) {
  connection.index_ = connections_.size();
  connections_.push_back(&connection);
  if (draining_) set_deadline(*this, stop_due_);
}

void Loop::forget(Connection& connection) noexcept {
  connections_.back()->index_ = connection.index_;
  connections_[connection.index_] = connections_.back();
  connections_.pop_back();
  if (draining_ && is_quiet()) rest();
}

/// Cancels the timer, so that a drained loop does not keep the caller's io_context from running out of work.
void Loop::rest() noexcept {
  deadlines_.remove(*this);
  timer_.cancel();
  timer_due_ = Deadlines::never;
}

void Loop::drain(SteadyTime deadline) {
  touch();
  draining_ = true;
  stop_due_ = std::min(stop_due_, deadline);
  for (Connection* connection : std::vector<Connection*>(connections_)) connection->drain();
  if (is_quiet())
    rest();
  else
    set_deadline(*this, stop_due_);
}

void Loop::on_deadline() {
  for (Connection* connection : std::vector<Connection*>(connections_)) connection->cut();
  const std::vector<Turn*> ending = ending_turns_;
  for (Turn* turn : ending) turn->cancelling = true;  // from now on, none of them is destroyed
  for (Turn* turn : ending) {
    turn->cancellation.emit(boost::asio::cancellation_type::terminal);
    turn->cancelling = false;
    if (turn->self) recycle(std::move(turn->self));
  }
}

void Loop::set_deadline(Deadlines::Waiter& waiter, SteadyTime due) {
  deadlines_.set(waiter, due);
  arm_timer();
}

void Loop::arm_timer() {
  const SteadyTime next = deadlines_.next();
  if (next >= timer_due_) return;
  timer_due_ = next;
  timer_.expires_at(next);
  // A weak pointer, since the timer need not keep a loop alive whose connections have ended.
  auto on_time = [weak = weak_from_this()](boost::system::error_code error) {
    const auto self = weak.lock();
    if (error || !self) return;
    self->timer_due_ = Deadlines::never;
    self->expire();
  };
  async_wait(timer_, std::move(on_time));
}

void Loop::expire() {
  touch();
  deadlines_.expire(now_);
  arm_timer();
}

std::chrono::nanoseconds Loop::lag() {
  const SteadyTime now = std::chrono::steady_clock::now();
  const auto lag = lag_probe_.lag(now);
  if (lag_probe_.send(now)) {
    // A weak pointer, since the measurement need not keep a stopped loop alive.
    post([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->lag_probe_.arrive(std::chrono::steady_clock::now());
    });
  }
  return lag;
}

std::unique_ptr<Turn> Loop::borrow_turn() {
  auto turn = take(spare_turns_);
  return turn ? std::move(turn) : std::make_unique<Turn>();
}

std::shared_ptr<InputBuffer> Loop::borrow_input() {
  auto input = take(spare_inputs_);
  return input ? std::move(input) : std::make_shared<InputBuffer>(InputBuffer::standard_bytes);
}

std::shared_ptr<InputBuffer> Loop::borrow_large_input() {
  auto input = take(spare_large_inputs_);
  return input ? std::move(input) : std::make_shared<InputBuffer>(InputBuffer::large_bytes);
}

std::unique_ptr<OutputBuffer> Loop::borrow_output() {
  auto output = take(spare_outputs_);
  return output ? std::move(output) : std::make_unique<OutputBuffer>();
}

void Loop::retire(std::unique_ptr<Turn> turn) noexcept {
  if (!state_->abandoned()) {
    if (http::Pending pending = finish(*turn)) return await_end(std::move(turn), std::move(pending));
  }
  recycle(std::move(turn));
}

void Loop::recycle(std::unique_ptr<Turn> turn) noexcept {
  turn->reset();
  keep(spare_turns_, std::move(turn));
}

/// Completes a turn after the task that does its background work and ends its kept values. Until then it is a running
/// task, which counts towards `max_requests_in_flight`.
struct Loop::TurnDone {
  std::shared_ptr<Loop> loop;
  ServerState::Traffic traffic;
  std::unique_ptr<Turn> turn;

  TurnDone(std::shared_ptr<Loop> its_loop, std::unique_ptr<Turn> its_turn)
      : loop(std::move(its_loop)), traffic(loop->state().hold_traffic()), turn(std::move(its_turn)) {
    turn->running = loop->state().hold_task();
    loop->enlist_ending(*turn);
  }
  TurnDone(TurnDone&&) = default;
  TurnDone& operator=(TurnDone&&) = delete;
  ~TurnDone() {
    if (turn) loop->forget_ending(*turn);  // only if the io_context is destroyed before the task has ended
  }

  void operator()(const std::exception_ptr& /*fault*/) {
    loop->forget_ending(*turn);
    if (loop->draining_ && loop->is_quiet()) loop->rest();
    Turn& ended = *turn;
    if (ended.cancelling)
      ended.self = std::move(turn);  // its cancellation signal is in use further up the stack
    else
      loop->recycle(std::move(turn));
  }
};

void Loop::await_end(std::unique_ptr<Turn> turn, http::Pending pending) noexcept {
  try {
    const auto slot = turn->cancellation.slot();
    boost::asio::co_spawn(executor_, pending.take(),
                          boost::asio::bind_cancellation_slot(slot, TurnDone(shared_from_this(), std::move(turn))));
  } catch (const std::exception& fault) {  // out of memory: the kept values have ended with the turn
    settings().logger->error("cannot finish a request: {}", fault.what());
  }
}

void Loop::enlist_ending(Turn& turn) {
  turn.ending_index = ending_turns_.size();
  ending_turns_.push_back(&turn);
  if (draining_) set_deadline(*this, stop_due_);
}

void Loop::forget_ending(Turn& turn) noexcept {
  ending_turns_.back()->ending_index = turn.ending_index;
  ending_turns_[turn.ending_index] = ending_turns_.back();
  ending_turns_.pop_back();
}

http::Pending Loop::finish(Turn& turn) noexcept {
  const Finished how = turn.finished(now_);
  if (turn.is_replaced)
    turn.exchange.passage().reset();  // observers are told of the response that was sent instead
  else if (const auto& observer = settings().observer)
    observe(*observer, turn.exchange.request, how);
  return state_->service().finish(turn.exchange, how);
}

void Loop::observe(const routing::Middleware& observer, const Request& request, const Finished& how) noexcept {
  try {
    observer.ops().finished(observer.object(), request, how);
  } catch (const std::exception& fault) {
    settings().logger->error("{}: {}", observer.name(), fault.what());
  }
}

void Loop::give_back(std::shared_ptr<InputBuffer> input) noexcept {
  if (input.use_count() != 1) return;
  input->rewind(0);
  if (input->capacity() == InputBuffer::standard_bytes)
    keep(spare_inputs_, std::move(input));
  else if (input->capacity() == InputBuffer::large_bytes)
    keep(spare_large_inputs_, std::move(input));
}

void Loop::give_back(std::unique_ptr<OutputBuffer> output) noexcept {
  output->reset();
  keep(spare_outputs_, std::move(output));
}

}  // namespace serval::detail
