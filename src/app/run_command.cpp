// SPDX-License-Identifier: MIT
#include "app/run_command.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <memory>
#include <thread>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/system/system_error.hpp>
#include <spdlog/logger.h>

#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>

#include "app/command_host.hpp"
#include "base/event_loops.hpp"
#include "base/fault_text.hpp"
#include "base/run_task.hpp"
#include "handler/kept_values.hpp"
#include "handler/loop_objects.hpp"

namespace serval::detail {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

namespace {

/// The loop of a command. A signal cancels the task that runs on it.
class CommandLoop {
 public:
  explicit CommandLoop(spdlog::logger& logger) : logger_(logger) {
    await_signal();
    thread_ = std::thread([this] { signal_context_.run(); });
  }
  ~CommandLoop() {
    signal_context_.stop();
    thread_.join();
  }
  CommandLoop(const CommandLoop&) = delete;
  CommandLoop& operator=(const CommandLoop&) = delete;

  [[nodiscard]] asio::io_context& context() noexcept { return context_; }
  [[nodiscard]] const std::shared_ptr<CommandHost>& host() const noexcept { return host_; }
  /// The signal that has arrived; 0 for none.
  [[nodiscard]] int signal() const noexcept { return signal_; }

  /// Runs the task to its end. Errors: its exceptions; operation_aborted if a signal has arrived before.
  void run(Task<void> task) {
    if (signal_ != 0) throw boost::system::system_error(asio::error::operation_aborted);
    bool is_over = false;
    std::exception_ptr fault;
    asio::co_spawn(context_, std::move(task),
                   asio::bind_cancellation_slot(cancellation_.slot(), [&](const std::exception_ptr& thrown) {
                     fault = thrown;
                     is_over = true;
                   }));
    run_until([&] { return is_over; }, Clock::time_point::max());
    if (fault) std::rethrow_exception(fault);
  }
  /// The same without cancellation.
  void finish(Task<void> task) { run_task(context_, std::move(task)); }

  template <class Condition>
  void run_until(const Condition& is_over, Clock::time_point due) {
    const auto work = asio::make_work_guard(context_);
    context_.restart();
    while (!is_over()) {
      if (context_.run_one_until(due) == 0) return;
    }
  }

 private:
  void await_signal() {
    signals_.async_wait([this](const boost::system::error_code& error, int signal) {
      if (error) return;
      logger_.info("signal {}: ending the command", signal);
      signals_.clear();  // the next one ends the program at once
      signal_ = signal;
      host_->request_stop();
      asio::post(context_, [this] { cancellation_.emit(asio::cancellation_type::terminal); });
    });
  }

  spdlog::logger& logger_;
  asio::io_context context_{1};
  const EventLoopMark mark_{context_};
  asio::cancellation_signal cancellation_;
  const std::shared_ptr<CommandHost> host_ = std::make_shared<CommandHost>(context_);
  std::atomic<int> signal_{0};
  asio::io_context signal_context_{1};
  asio::signal_set signals_{signal_context_, SIGINT, SIGTERM};
  std::thread thread_;
};

Task<void> end_values(KeptValues& kept, KeptEnd& end) {
  using Pass = KeptValues::Pass;
  for (const Pass pass : {Pass::tell, Pass::end_answer, Pass::tell, Pass::end_all})
    co_await kept.run_and_wait(pass, end);
}

/// Starts the application, and stops it at the end.
class StartedApp {
 public:
  StartedApp(const App& app, CommandLoop& loop, std::chrono::milliseconds time) : app_(app), loop_(loop), time_(time) {
    app.prepare();
    app.start(loop.host());
    LoopObjects::of(loop.context()).attach();
  }
  ~StartedApp() {
    CommandHost& host = *loop_.host();
    const auto due = Clock::now() + time_;
    host.request_stop();
    app_.stop(host, due);
    app_.drain(host);
    loop_.run_until([&] { return !host.is_held(); }, due);
    LoopObjects::of(loop_.context()).detach();
    app_.end(host);
  }
  StartedApp(const StartedApp&) = delete;
  StartedApp& operator=(const StartedApp&) = delete;

 private:
  const App& app_;
  CommandLoop& loop_;
  const std::chrono::milliseconds time_;
};

class CommandRun {
 public:
  CommandRun(CommandLoop& loop, const CommandCall& call, const Binding& binding, http::Exchange& exchange)
      : loop_(loop), call_(call), binding_(binding), exchange_(exchange) {}

  int run() {
    KeptEnd end{.outcome = {.status = 0}};
    int code = EXIT_SUCCESS;
    try {
      code = call();
    } catch (...) {
      end.thrown = std::current_exception();
      end.outcome = {.what = Outcome::What::exception, .status = 0, .exception = end.thrown};
    }
    if (loop_.signal() != 0 && end.thrown) end.outcome.what = Outcome::What::stopped;
    loop_.finish(end_values(exchange_.kept(), end));
    if (!end.outcome.exception) return code >= 0 && code <= 255 ? code : EXIT_FAILURE;
    if (loop_.signal() != 0) return 128 + loop_.signal();
    call_.logger.critical("command {}: {}", call_.command.name, fault_text(end.outcome.exception));
    return EXIT_FAILURE;
  }

 private:
  /// A function that is no coroutine is called outside of the loop, since it may block.
  int call() {
    int code = EXIT_SUCCESS;
    if (binding_.waits(exchange_)) loop_.run(binding_.resolve(exchange_));
    if (http::Pending pending = call_.command.command->call(exchange_, binding_, code)) loop_.run(pending.take());
    if (exchange_.returned_error() != nullptr) throw HttpError(*exchange_.returned_error());
    if (http::Pending background = exchange_.background.run()) loop_.run(background.take());
    return code;
  }

  CommandLoop& loop_;
  const CommandCall& call_;
  const Binding& binding_;
  http::Exchange& exchange_;
};

}  // namespace

int run_command(const App& app, const OwnCommands& commands, const CommandCall& call) {
  const Binding binding = commands.bind(call.command);
  commands.check_states(call.command, binding);
  http::Exchange exchange;
  const std::string target = call.query.empty() ? "/" : "/?" + call.query;
  http::RequestHead head{.target = target};
  head.parts.query = call.query;
  exchange.request.assign(head);
  exchange.request.set_max_query_params(0);
  call.command.command->check_options(exchange);
  CommandLoop loop(call.logger);
  exchange.stopping = &loop.host()->stopping();
  const StartedApp started(app, loop, call.stop_deadline);
  return CommandRun(loop, call, binding, exchange).run();
}

}  // namespace serval::detail
