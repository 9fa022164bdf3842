// SPDX-License-Identifier: MIT
#include <serval/server/server.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <spdlog/logger.h>
#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <future>
#include <mutex>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <serval/base/log.hpp>
#include <serval/handler/make_middleware.hpp>

#include "base/fault_text.hpp"
#include "base/time_range.hpp"
#include "base/undo.hpp"
#include "handler/blocking_calls.hpp"
#include "handler/loop_objects.hpp"
#include "net/loop.hpp"
#include "net/server_state.hpp"
#include "server/access_log.hpp"
#include "server/check_options.hpp"
#include "server/open_listeners.hpp"
#include "server/server_host.hpp"
#include "server/stop_sequence.hpp"

namespace serval {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

[[nodiscard]] detail::Settings settings_of(const ServerOptions& options, const http::Service& service) {
  detail::Settings settings;
  settings.limits = options.limits;
  settings.timeouts = options.timeouts;
  settings.web_sockets = options.web_sockets;
  settings.max_connections = options.max_connections;
  settings.max_requests_per_connection = options.max_requests_per_connection;
  settings.max_requests_in_flight = options.max_requests_in_flight;
  settings.cancel_on_half_close = options.cancel_on_half_close;
  settings.linger = options.linger;
  settings.stop_grace = options.stop_grace;
  settings.stall_threshold = options.stall_threshold;
  settings.date_header = options.date_header;
  settings.server_header = options.server_header;
  settings.logger = options.logger ? options.logger : make_logger();
  if (options.access_log.value_or(false) && !service.logs_requests())
    settings.observer = middleware(detail::AccessLog(settings.logger));
  return settings;
}

[[nodiscard]] ServerOptions checked(ServerOptions options) {
  detail::check_options(options);
  return options;
}

/// An io_context that only its own thread runs: its reactor needs no locks, and posting to it stays safe.
struct OwnLoop {
  asio::io_context context{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::thread thread;
};

}  // namespace

class Server::Impl {
  using TimePoint = std::chrono::steady_clock::time_point;

 public:
  Impl(const http::Service& service, asio::io_context* context, ServerOptions options)
      : options_(checked(std::move(options))),
        state_(std::make_shared<detail::ServerState>(service, settings_of(options_, service))),
        caller_context_(context) {
    if (options_.threads == 0) options_.threads = std::max(1U, std::thread::hardware_concurrency());
  }

  ~Impl() {
    stop(milliseconds{0});
    if (caller_context_ == nullptr) {
      join();
    } else {
      with_blocking_calls([](Calls& calls, const Executor& loop) { calls.drop_queued(&loop); });
      // The code after a call on the pool may continue, or must be cancelled like everything else.
      for (wait(last_wait); has_blocking_calls(); wait(last_wait)) wait_for_blocking_calls();
      if (state_->idle())
        end_service();
      else if (is_service_started_)
        state_->service().abandon(*host_);
      state_->abandon();
    }
  }

  void start() {
    if (started_.exchange(true)) throw std::logic_error("Server::start() was called before");
    if (state_->leaving()) state_->renew();  // a start that failed was told to stop
    set_phase(Phase::starting);
    state_->hold();  // a caller that waits for the end also waits for the start
    std::promise<bool> is_on;
    detail::Undo reset([&] {
      is_on.set_value(false);
      reset_start();
    });
    state_->service().prepare();
    make_loops();
    attach_loop_objects();
    host_ = std::make_shared<detail::ServerHost>(state_, loops_);
    state_->service().start(host_);
    is_service_started_ = true;
    detail::Listeners listeners = detail::open_listeners(options_, state_, loops_);
    start_threads(is_on.get_future().share());
    std::function<void()> last_work = end_of_loop_objects();
    // Services hold the server from now on, so almost nothing may fail after this line.
    state_->service().launch(host_);
    stop_ = std::make_shared<detail::StopSequence>(state_, host_, listeners, loops_, options_.stop_delay);
    state_->set_on_quiet([weak = std::weak_ptr(stop_)] {
      if (const auto self = weak.lock()) self->drain();
    });
    for (const auto& listener : listeners) listener->start();
    {
      const std::scoped_lock lock(mutex_);
      listeners_ = std::move(listeners);
    }
    reset.keep();
    port_ = first_port();
    state_->set_last_work(std::move(last_work));
    is_on.set_value(true);
    if (const auto due = set_phase(Phase::started); due != TimePoint::max()) stop_->begin_at_once(due);
    state_->release();
  }

  void stop(milliseconds deadline) {
    const TimePoint due = std::chrono::steady_clock::now() + std::min(deadline, detail::longest_time);
    {
      const std::scoped_lock lock(mutex_);
      if (phase_ == Phase::idle) return;
      if (phase_ == Phase::starting) {
        stop_due_ = std::min(stop_due_, due);
        state_->leave();
        state_->stop().request();
        return;
      }
    }
    stop_->begin(due);
  }

  void stop() { stop(options_.stop_deadline); }

  void join() {
    while (!join_for(milliseconds{1'000})) {
      if (is_caller_context_stopped()) return wait_for_blocking_calls();
    }
  }

  bool join_for(milliseconds at_most) {
    if (is_own_thread()) throw std::system_error(std::make_error_code(std::errc::resource_deadlock_would_occur));
    if (!wait(at_most)) return false;
    const std::scoped_lock lock(join_mutex_);
    for (const auto& own : own_loops_) own->context.stop();
    join_threads();
    end_service();
    return true;
  }

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] std::vector<std::string> addresses() const {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> addresses;
    for (const auto& listener : listeners_) addresses.push_back(listener->socket().name());
    return addresses;
  }

  [[nodiscard]] ServerStats stats() const {
    {
      const std::scoped_lock lock(mutex_);
      if (listeners_.empty()) return {};  // the loops do not exist yet
    }
    ServerStats stats;
    for (const auto& loop : loops_) {
      const detail::LoopCounters& counters = loop->counters();
      stats.requests_in_flight += counters.requests_in_flight.value();
      stats.requests += counters.requests.value();
      stats.refused += counters.refused.value();
      stats.bytes_in += counters.bytes_in.value();
      stats.bytes_out += counters.bytes_out.value();
      if (!state_->idle()) stats.loop_lag = std::max(stats.loop_lag, loop->lag());
    }
    stats.connections = state_->connections();
    stats.accepted = state_->accepted.value();
    stats.pool_queued = state_->service().queued_calls();
    return stats;
  }

 private:
  using Executor = asio::any_io_executor;
  using Calls = detail::BlockingCalls::List;
  enum class Phase : std::uint8_t { idle, starting, started };
  static constexpr milliseconds last_wait{1'000};

  /// Work that a program posts to a loop may throw; this must not end the server.
  static void run(asio::io_context& context, spdlog::logger& logger) {
    for (;;) {
      try {
        context.run();
        return;
      } catch (...) {
        logger.critical("an exception reached the event loop, which goes on: {}",
                        detail::fault_text(std::current_exception()));
      }
    }
  }

  /// Restores the state before a start that failed.
  void reset_start() {
    join_threads();
    end_service();
    detach_loop_objects();
    set_phase(Phase::idle);
    stop_.reset();
    host_.reset();
    loops_.clear();
    own_loops_.clear();
    started_ = false;
    state_->release();
  }

  /// The threads run their loops if `is_on` becomes true; if it is false, they end.
  void start_threads(const std::shared_future<bool>& is_on) {
    for (const auto& own : own_loops_) {
      own->thread = std::thread([&context = own->context, logger = state_->settings().logger, is_on] {
        if (is_on.get()) run(context, *logger);
      });
    }
  }
  void join_threads() {
    for (const auto& own : own_loops_) {
      if (own->thread.joinable()) own->thread.join();
    }
  }

  /// Returns the due time of a stop that was requested meanwhile.
  TimePoint set_phase(Phase phase) {
    const std::scoped_lock lock(mutex_);
    phase_ = phase;
    return phase == Phase::idle ? std::exchange(stop_due_, TimePoint::max()) : stop_due_;
  }

  /// Called before any code of the service runs on the loops, so that no other server of the context destroys its
  /// objects.
  void attach_loop_objects() {
    for (const auto& loop : loops_) detail::LoopObjects::of(loop->context()).attach();
    are_loop_objects_attached_ = true;
  }
  /// Called if the start has failed.
  void detach_loop_objects() {
    if (!std::exchange(are_loop_objects_attached_, false)) return;
    for (const auto& loop : loops_) {
      detail::LoopObjects& objects = detail::LoopObjects::of(loop->context());
      // The server's own context is destroyed now, with its objects; a caller's context may be running.
      if (caller_context_ != nullptr && !objects.detach_from_none())
        asio::post(*caller_context_, [&objects] { objects.detach(); });
    }
  }
  /// Destroys the objects of `PerLoop` on their loops, when nothing else runs there any more.
  [[nodiscard]] std::function<void()> end_of_loop_objects() {
    // Weak: the loops share the state.
    return [loops = std::vector<std::weak_ptr<detail::Loop>>(loops_.begin(), loops_.end())] {
      for (const auto& each : loops) {
        const auto loop = each.lock();
        if (!loop) continue;  // the server was destroyed; the objects are destroyed with the context
        detail::LoopObjects& objects = detail::LoopObjects::of(loop->context());
        if (objects.detach_from_none()) continue;
        loop->state().hold();
        loop->post([loop, &objects] {
          objects.detach();
          loop->state().release();
        });
      }
    };
  }

  /// Called once after the last response, if the service was started.
  void end_service() noexcept {
    if (!is_service_started_) return;
    is_service_started_ = false;
    state_->service().end(*host_);
  }

  void make_loops() {
    for (std::size_t index = 0; index < options_.threads; ++index) {
      if (caller_context_ != nullptr) {
        loops_.push_back(
            std::make_shared<detail::Loop>(state_, *caller_context_, detail::Loop::Threading::many_threads));
      } else {
        own_loops_.push_back(std::make_unique<OwnLoop>());
        loops_.push_back(
            std::make_shared<detail::Loop>(state_, own_loops_.back()->context, detail::Loop::Threading::one_thread));
      }
    }
  }

  [[nodiscard]] std::uint16_t first_port() const noexcept {
    for (const auto& listener : listeners_) {
      if (listener->socket().port() != 0) return listener->socket().port();
    }
    return 0;
  }

  /// Waits until nothing is alive; gives up early if nothing can end any more.
  bool wait(milliseconds at_most) {
    constexpr milliseconds step{20};
    const auto until = std::chrono::steady_clock::now() + at_most;
    for (;;) {
      const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
      if (state_->wait_idle(std::clamp(left, milliseconds{0}, caller_context_ != nullptr ? step : at_most)))
        return true;
      if (left.count() <= 0 || is_caller_context_stopped() || is_own_thread()) return false;
    }
  }

  /// Calls `function` for the loops of a caller's context. The server's own contexts do not end before their tasks.
  template <class Function>
  void with_blocking_calls(Function function) const {
    if (caller_context_ == nullptr || !asio::has_service<detail::BlockingCalls>(*caller_context_)) return;
    Calls& calls = *asio::use_service<detail::BlockingCalls>(*caller_context_).list();
    for (const auto& loop : loops_) function(calls, loop->executor());
  }
  [[nodiscard]] bool has_blocking_calls() const {
    bool has_any = false;
    with_blocking_calls([&](Calls& calls, const Executor& loop) { has_any = has_any || calls.has(&loop); });
    return has_any;
  }
  void wait_for_blocking_calls() const {
    with_blocking_calls([](Calls& calls, const Executor& loop) { calls.wait(&loop); });
  }

  [[nodiscard]] bool is_caller_context_stopped() const noexcept {
    return caller_context_ != nullptr && caller_context_->stopped();
  }

  [[nodiscard]] bool is_own_thread() const noexcept {
    if (caller_context_ != nullptr) return caller_context_->get_executor().running_in_this_thread();
    return std::any_of(own_loops_.begin(), own_loops_.end(),
                       [](const auto& own) { return own->context.get_executor().running_in_this_thread(); });
  }

  ServerOptions options_;
  const std::shared_ptr<detail::ServerState> state_;
  asio::io_context* const caller_context_;  // null: own threads
  std::atomic<bool> started_{false};
  std::atomic<std::uint16_t> port_{0};
  // Contexts are destroyed last: sockets and timers in loops and listeners belong to them.
  std::vector<std::unique_ptr<OwnLoop>> own_loops_;
  std::vector<std::shared_ptr<detail::Loop>> loops_;  // filled by start() before listeners_ are set, then constant
  std::shared_ptr<detail::ServerHost> host_;          // as the loops
  std::shared_ptr<detail::StopSequence> stop_;        // as the loops
  mutable std::mutex mutex_;                          // guards the next three members
  detail::Listeners listeners_;
  Phase phase_ = Phase::idle;
  TimePoint stop_due_ = TimePoint::max();   // requested while it started
  std::mutex join_mutex_;                   // guards the threads while they are joined, and the next member
  bool is_service_started_ = false;         // and has not ended
  bool are_loop_objects_attached_ = false;  // used only in `start`
};

Server::Server(const http::Service& service, ServerOptions options)
    : impl_(std::make_unique<Impl>(service, nullptr, std::move(options))) {}
Server::Server(const http::Service& service, asio::io_context& context, ServerOptions options)
    : impl_(std::make_unique<Impl>(service, &context, std::move(options))) {}
Server::~Server() = default;

void Server::start() { impl_->start(); }
std::uint16_t Server::port() const noexcept { return impl_->port(); }
std::vector<std::string> Server::addresses() const { return impl_->addresses(); }
void Server::stop(milliseconds deadline) { impl_->stop(deadline); }
void Server::stop() { impl_->stop(); }
void Server::join() { impl_->join(); }
bool Server::join_for(milliseconds at_most) { return impl_->join_for(at_most); }
ServerStats Server::stats() const { return impl_->stats(); }

}  // namespace serval
