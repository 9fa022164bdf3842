// SPDX-License-Identifier: MIT
#include "app/run_command.hpp"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string_view>
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
#include <serval/base/thrown.hpp>
#include <serval/http/http_error.hpp>

#include "app/command_arguments.hpp"
#include "app/command_host.hpp"
#include "base/event_loops.hpp"
#include "base/fault_text.hpp"
#include "handler/kept_values.hpp"
#include "handler/loop_objects.hpp"

namespace serval::detail {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

namespace {

/// The request that a command is called with. Lifetime: it outlives the exchange.
class CommandRequest {
 public:
  explicit CommandRequest(const std::string& query) : target_(query.empty() ? "/" : "/?" + query) {}

  void put_into(http::Exchange& exchange) const {
    http::RequestHead head{.target = target_};
    if (target_.size() > 2) head.parts.query = std::string_view(target_).substr(2);
    exchange.request.assign(head);
    exchange.request.set_max_query_params(0);
  }

 private:
  const std::string target_;
};

/// Whether a task runs on although a signal arrives.
enum class Cancellation : std::uint8_t { by_signal, none };

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

  /// Runs the task to its end. Errors: its exceptions; those of other work on the loop, after which the task is
  /// cancelled and has ended.
  void run(Task<void> task, Cancellation cancellation) {
    bool is_over = false;
    std::exception_ptr fault, other;
    asio::cancellation_signal unused;
    auto& signal = cancellation == Cancellation::by_signal ? cancellation_ : unused;
    asio::co_spawn(context_, std::move(task),
                   asio::bind_cancellation_slot(signal.slot(), [&](const std::exception_ptr& thrown) {
                     fault = thrown;
                     is_over = true;
                   }));
    while (!is_over) {
      // The task refers to this function's caller, so it must end before this returns.
      try {
        run_until([&] { return is_over; }, Clock::time_point::max());
      } catch (...) {
        if (!other) other = std::current_exception();
        signal.emit(asio::cancellation_type::terminal);
      }
    }
    if (other) std::rethrow_exception(other);
    if (fault) std::rethrow_exception(fault);
  }

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
      logger_.info("signal {}: the command was told to stop; a second signal ends the program at once", signal);
      signals_.clear();
      signal_ = signal;
      host_->request_stop();
      asio::post(context_, [this] { cancellation_.emit(asio::cancellation_type::terminal); });
    });
  }

  spdlog::logger& logger_;
  asio::cancellation_signal cancellation_;
  asio::io_context context_{1};
  const EventLoopMark mark_{context_};
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
  StartedApp(const App& app, CommandLoop& loop, const CommandCall& call) : app_(app), loop_(loop), call_(call) {
    app.prepare();
    app.start(loop.host());
    LoopObjects::of(loop.context()).attach();
  }
  ~StartedApp() {
    CommandHost& host = *loop_.host();
    const auto due = Clock::now() + call_.stop_deadline;
    host.request_stop();
    app_.stop(host, due);
    app_.drain(host);
    try {
      loop_.run_until([&] { return !host.is_held(); }, due);
    } catch (...) {
      call_.logger.error("command {}: work on its loop failed: {}", call_.command.name,
                         fault_text(std::current_exception()));
    }
    LoopObjects::of(loop_.context()).detach();
    app_.end(host);
  }
  StartedApp(const StartedApp&) = delete;
  StartedApp& operator=(const StartedApp&) = delete;

 private:
  const App& app_;
  CommandLoop& loop_;
  const CommandCall& call_;
};

/// Whether a task threw that because it was cancelled.
bool is_cancellation(const std::exception_ptr& thrown) {
  bool is_aborted = false;
  with_thrown<const boost::system::system_error&>(thrown, [&](const boost::system::system_error& error) {
    is_aborted = error.code() == asio::error::operation_aborted;
  });
  return is_aborted;
}

class CommandRun {
 public:
  CommandRun(CommandLoop& loop, const CommandCall& call, const Binding& binding, http::Exchange& exchange)
      : loop_(loop), call_(call), binding_(binding), exchange_(exchange) {}

  int run() {
    KeptEnd end{.outcome = {.status = 0}};
    std::exception_ptr thrown = attempt([this] { call(); });
    const int signal = loop_.signal();
    const bool is_stopped = thrown && signal != 0 && is_cancellation(thrown);
    if (thrown) {
      const auto what = is_stopped ? Outcome::What::stopped : Outcome::What::exception;
      end.outcome = {.what = what, .status = 0, .exception = thrown};
      end.thrown = thrown;
      if (!is_stopped) log(thrown);
    }
    if (const auto fault = attempt([&] { loop_.run(end_values(exchange_.kept(), end), Cancellation::none); }))
      end.faults.push_back(fault);
    for (const std::exception_ptr& fault : end.faults) log(fault);
    if (is_stopped && end.faults.empty()) return 128 + signal;
    if (end.outcome.exception || !end.faults.empty()) return EXIT_FAILURE;
    if (const auto fault = attempt([this] { run_background(); })) {
      log(fault);
      return EXIT_FAILURE;
    }
    if (code_ >= 0 && code_ <= 255) return code_;
    call_.logger.critical("command {} returned {}, which is no exit code", call_.command.name, code_);
    return EXIT_FAILURE;
  }

 private:
  /// Calls the function and returns its exception; null for none.
  template <class Function>
  static std::exception_ptr attempt(const Function& function) {
    try {
      function();
    } catch (...) {
      return std::current_exception();
    }
    return nullptr;
  }

  void log(const std::exception_ptr& fault) const {
    call_.logger.critical("command {}: {}", call_.command.name, fault_text(fault));
  }

  /// A function that is no coroutine is called outside of the loop, since it may block.
  void call() {
    if (binding_.waits(exchange_)) loop_.run(binding_.resolve(exchange_), Cancellation::by_signal);
    if (loop_.signal() != 0) throw boost::system::system_error(asio::error::operation_aborted);
    if (http::Pending pending = call_.command.command->call(exchange_, binding_, code_))
      loop_.run(pending.take(), Cancellation::by_signal);
    if (exchange_.returned_error() != nullptr) throw HttpError(*exchange_.returned_error());
  }

  /// Work that dependencies have left for the time after the answer, as for a request.
  void run_background() {
    if (http::Pending background = exchange_.background.run()) loop_.run(background.take(), Cancellation::by_signal);
  }

  CommandLoop& loop_;
  const CommandCall& call_;
  const Binding& binding_;
  http::Exchange& exchange_;
  int code_ = EXIT_SUCCESS;
};

}  // namespace

int run_command(const App& app, const OwnCommands& commands, const CommandCall& call) {
  const Binding binding = commands.bind(call.command);
  commands.check_states(call.command, binding);
  const CommandRequest request(call.query);
  CommandLoop loop(call.logger);
  http::Exchange exchange;
  request.put_into(exchange);
  exchange.stopping = &loop.host()->stopping();
  const StartedApp started(app, loop, call);
  return CommandRun(loop, call, binding, exchange).run();
}

std::string option_faults(const OwnCommand& command, const std::string& query) {
  const CommandRequest request(query);
  http::Exchange exchange;
  request.put_into(exchange);
  try {
    command.command->check_options(exchange);
  } catch (const ValidationError& error) {
    return option_faults(error);
  }
  return {};
}

}  // namespace serval::detail
