// SPDX-License-Identifier: MIT
#include "app/app_lifecycle.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <spdlog/logger.h>
#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/base/task.hpp>

#include "app/worker.hpp"
#include "base/event_loops.hpp"
#include "base/fault_text.hpp"
#include "base/run_task.hpp"
#include "base/time_range.hpp"
#include "base/undo.hpp"
#include "handler/loop_objects.hpp"
#include "params/state_table.hpp"

namespace serval::detail {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using PartKind = LifecyclePart::Kind;

namespace {

std::string text_of(const LifecyclePart& part) {
  switch (part.kind) {
    case PartKind::start:
      return "on_start";
    case PartKind::stop:
      return "on_stop";
    case PartKind::lifespan:
      return "lifespan";
    case PartKind::every:
      return "every";
    case PartKind::service:
      return "service \"" + part.name + '"';
    case PartKind::ready:
      return "ready \"" + part.name + '"';
  }
  return {};
}

void check_times(const LifecyclePart& part) {
  const std::pair<const char*, std::chrono::milliseconds> times[] = {
      {"interval", part.interval},
      {"jitter", part.every.jitter},
      {"deadline", part.every.deadline},
      {"restart.first", part.service.restart.first},
      {"restart.last", part.service.restart.last},
      {"drain", part.service.drain},
      {"timeout", part.ready.timeout},
  };
  for (const auto& [option, time] : times) require_time(text_of(part) + ": " + option, time, part.where);
}

[[noreturn]] void fail_for_later(const LifecyclePart& part, const StateType& state) {
  throw SetupError("on_start: the function takes " + state_text(state) +
                       ", which does not exist yet when the function runs; call app." + lifespan_text(state) +
                       "(...) before app.on_start",
                   part.where);
}

[[nodiscard]] bool has_loop_on(const http::Host& host, const asio::execution_context& context) {
  for (std::size_t i = 0; i < host.loop_count(); ++i) {
    if (&asio::query(host.loop(i), asio::execution::context) == &context) return true;
  }
  return false;
}

// The time for a stop without a host that sets the deadline: the default of a server.
constexpr std::chrono::milliseconds time_without_host{8'000};
// The time that a stop function always has: it may save important data, and the earlier steps may have used up the
// time.
constexpr std::chrono::milliseconds least_time{1'000};

/// Stops the last worker first, and each of the others after the one behind it has ended.
void stop_in_turn(const std::shared_ptr<std::vector<std::weak_ptr<Worker>>>& rest) {
  while (!rest->empty()) {
    const std::shared_ptr<Worker> last = rest->back().lock();
    rest->pop_back();
    if (last != nullptr) return last->stop([rest] { stop_in_turn(rest); });
  }
}

}  // namespace

void LifecycleArguments::fill(std::span<const ArgumentSpec> arguments, void* const* storage) const {
  http::Exchange exchange;  // the source of Stopping
  exchange.stopping = &stopping_;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const StateType* state = arguments[i].state;
    if (state == nullptr) {
      arguments[i].fill(exchange, storage[i]);
      continue;
    }
    void* object = states_->find(*state);
    if (object == nullptr) throw SetupError(state_text(*state) + " has not been started", {});
    state->assign(storage[i], object);
  }
}

/// Records that functions of the application run on this thread.
class AppLifecycle::OnThisThread {
 public:
  explicit OnThisThread(std::atomic<std::thread::id>& thread)
      : thread_(thread), before_(thread.exchange(std::this_thread::get_id())) {}
  ~OnThisThread() { thread_.store(before_); }
  OnThisThread(const OnThisThread&) = delete;
  OnThisThread& operator=(const OnThisThread&) = delete;

 private:
  std::atomic<std::thread::id>& thread_;
  const std::thread::id before_;
};

struct AppLifecycle::StartLoop {
  asio::io_context context{1};
  const EventLoopMark mark{context};
};

AppLifecycle::AppLifecycle(StateTable& states, std::shared_ptr<spdlog::logger> logger)
    : states_(states), logger_(std::move(logger)) {}

AppLifecycle::~AppLifecycle() {
  if (is_started_) run_stop(parts_.size());
}

void AppLifecycle::add(LifecyclePart part) {
  if (part.kind == PartKind::lifespan) states_.declare(*part.state, part.where);
  if (part.kind == PartKind::every && part.interval.count() <= 0)
    throw SetupError("every: the interval must be longer than 0", part.where);
  check_times(part);
  if (part.kind == PartKind::ready) add_check(part);
  parts_.push_back(std::move(part));
}

void AppLifecycle::add_check(const LifecyclePart& part) {
  if (part.ready.timeout.count() <= 0)
    throw SetupError(text_of(part) + ": the timeout must be longer than 0", part.where);
  for (const auto& check : checks_) {
    if (check->name() == part.name) throw SetupError(text_of(part) + ": another check has this name", part.where);
  }
  checks_.push_back(std::make_shared<ReadinessCheck>(part, states_));
}

std::shared_ptr<HostHold> AppLifecycle::hold_host(const asio::execution_context& context, Readiness::State& state) {
  const std::scoped_lock lock(mutex_);
  state = Readiness::State::starting;
  std::shared_ptr<http::Host> host;
  for (const User& user : users_) {
    if (user.is_stopping || user.host->is_leaving()) {
      state = Readiness::State::stopping;
      return nullptr;
    }
    if (user.is_launched && (host == nullptr || has_loop_on(*user.host, context))) host = user.host;
  }
  if (host == nullptr) return nullptr;
  state = Readiness::State::ready;
  // It cannot have stopped, since `stop` first calls this object.
  return std::make_shared<HostHold>(std::move(host));
}

void AppLifecycle::check() const {
  std::vector<const StateType*> made;
  for (const LifecyclePart& part : parts_) {
    if (part.kind == PartKind::lifespan) {
      made.push_back(part.state);
      continue;
    }
    for (const ArgumentSpec& argument : part.function->arguments()) {
      if (argument.state == nullptr) continue;
      const StateType& state = *argument.state;
      if (!states_.knows(state))
        throw SetupError(text_of(part) + ": the function takes " + states_.missing(state), part.where);
      const bool is_made = std::any_of(made.begin(), made.end(), [&](const StateType* type) {
        return *type->type == *state.type && type->object_name == state.object_name;
      });
      if (part.kind == PartKind::start && states_.is_declared(state) && !is_made) fail_for_later(part, state);
    }
  }
}

// --- start and stop -----------------------------------------------------------------------------

void AppLifecycle::start(const std::shared_ptr<http::Host>& host) {
  if (starting_thread_.load() == std::this_thread::get_id())
    throw SetupError("a start or stop function cannot start a server or test client of its own application", {});
  const std::scoped_lock starting(start_mutex_);
  if (!is_started_) run_start(host->stopping());
  const std::scoped_lock lock(mutex_);
  users_.push_back({.host = host});
}

void AppLifecycle::run_start(const Stopping& stopping) {
  const OnThisThread running(starting_thread_);
  loop_ = std::make_unique<StartLoop>();
  std::size_t done = 0;
  Undo stop([&] { run_stop(done); });
  for (; done < parts_.size(); ++done) {
    const LifecyclePart& part = parts_[done];
    if (part.kind == PartKind::lifespan)
      states_.set(*part.state, part.make());
    else if (part.kind == PartKind::start)
      run(part.function->call(LifecycleArguments(states_, stopping)));
  }
  stop.keep();
  is_started_ = true;
}

/// Stops the first `count` parts. `asked`: the deadline of the host; none if no host has set one.
void AppLifecycle::run_stop(std::size_t count, std::optional<TimePoint> asked) noexcept {
  const TimePoint deadline = asked.value_or(Clock::now() + time_without_host);
  const OnThisThread running(starting_thread_);
  for (std::size_t i = count; i-- > 0;) {
    if (parts_[i].kind == PartKind::stop) stop_part(parts_[i], deadline);
  }
  // Before the objects of the application, which they may use: objects that a start function makes for its loop are
  // newer.
  if (loop_ != nullptr) LoopObjects::of(loop_->context).end();
  for (std::size_t i = count; i-- > 0;) {
    if (parts_[i].kind == PartKind::lifespan) states_.set(*parts_[i].state, nullptr);
  }
  loop_.reset();
  is_started_ = false;
}

void AppLifecycle::stop_part(const LifecyclePart& part, TimePoint deadline) noexcept {
  deadline = std::max(deadline, Clock::now() + least_time);
  try {
    const auto stop = std::make_shared<StopState>();
    stop->request();
    run(part.function->call(LifecycleArguments(states_, stop->handle())), deadline);
  } catch (...) {
    const bool is_late = Clock::now() >= deadline;
    logger_->error("on_stop ({}) failed{}: {}", to_string(part.where), is_late ? " at the deadline of the stop" : "",
                   fault_text(std::current_exception()));
  }
}

/// Runs on this thread: a caller's io_context may not be running, and this thread may be the one that will run it.
void AppLifecycle::run(http::Pending pending, TimePoint deadline) {
  if (pending) run_task(loop_->context, pending.take(), deadline);
}

// --- workers ------------------------------------------------------------------------------------

void AppLifecycle::launch(const std::shared_ptr<http::Host>& host) {
  const std::scoped_lock lock(mutex_);
  for (User& user : users_) {
    if (user.host != host) continue;
    user.is_launched = true;
    if (carrier_ == nullptr && !user.is_stopping) launch_on(user);
  }
}

void AppLifecycle::launch_on(const User& user) {
  carrier_ = user.host.get();
  is_stop_begun_ = false;
  std::size_t loop = 0;
  for (const LifecyclePart& part : parts_) {
    if (part.kind != PartKind::every && part.kind != PartKind::service) continue;
    const Worker::Context context{states_, logger_};
    std::shared_ptr<Worker> worker;
    if (part.kind == PartKind::every)
      worker = std::make_shared<PeriodicWorker>(part, context, user.host, loop);
    else
      worker = std::make_shared<ServiceWorker>(part, context, user.host, loop);
    loop = (loop + 1) % user.host->loop_count();
    workers_.push_back(worker);
    worker->begin();
  }
}

void AppLifecycle::stop(const http::Host& host, TimePoint deadline) noexcept try {
  const std::scoped_lock lock(mutex_);
  for (User& user : users_) {
    if (user.host.get() != &host) continue;
    user.is_stopping = true;
    user.stop_deadline = std::min(user.stop_deadline.value_or(deadline), deadline);
  }
  if (carrier_ != &host) return;
  for (const auto& worker : workers_) {
    if (const auto running = worker.lock()) running->cut_at(deadline);
  }
} catch (const std::exception& fault) {
  logger_->error("cannot stop the services: {}", fault.what());
}

void AppLifecycle::drain(const http::Host& host) noexcept try {
  const std::scoped_lock lock(mutex_);
  if (carrier_ == &host && !std::exchange(is_stop_begun_, true))
    stop_in_turn(std::make_shared<std::vector<std::weak_ptr<Worker>>>(workers_));
} catch (const std::exception& fault) {
  logger_->error("cannot stop the services: {}", fault.what());
}

/// Removes a host. Returns it if it was the last one.
std::optional<AppLifecycle::User> AppLifecycle::forget(const http::Host& host) {
  const std::scoped_lock lock(mutex_);
  const auto found =
      std::find_if(users_.begin(), users_.end(), [&](const User& user) { return user.host.get() == &host; });
  if (found == users_.end()) return {};
  std::optional<User> last;
  if (users_.size() == 1) last = std::move(*found);
  users_.erase(found);
  const bool is_carried =
      std::any_of(users_.begin(), users_.end(), [&](const User& user) { return user.host.get() == carrier_; });
  if (!is_carried) {
    carrier_ = nullptr;
    workers_.clear();
  }
  return last;
}

void AppLifecycle::end(const http::Host& host) noexcept try {
  const std::scoped_lock starting(start_mutex_);
  if (const std::optional<User> last = forget(host)) return run_stop(parts_.size(), last->stop_deadline);
  // The services continue on a host that still serves the application.
  const std::scoped_lock lock(mutex_);
  const auto next = std::find_if(users_.begin(), users_.end(),
                                 [](const User& user) { return user.is_launched && !user.is_stopping; });
  if (carrier_ == nullptr && next != users_.end()) launch_on(*next);
} catch (const std::exception& fault) {
  logger_->error("cannot continue the services on another server: {}", fault.what());
}

void AppLifecycle::abandon(const http::Host& host) noexcept { static_cast<void>(forget(host)); }

}  // namespace serval::detail
