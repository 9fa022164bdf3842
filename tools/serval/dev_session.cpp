// SPDX-License-Identifier: MIT
#include "dev_session.hpp"

#include <signal.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <exception>
#include <random>
#include <stdexcept>
#include <utility>

#include "diagnostics.hpp"

namespace serval::tool {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto patience_with_backlog = 30s;  // how long requests wait for the first build
constexpr auto patience_with_start = 10s;
constexpr auto time_for_requests = 2s;  // of a program that was replaced

std::string new_token() {
  std::random_device source;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string token(32, '0');
  for (char& digit : token) digit = digits[source() % digits.size()];
  return token;
}

std::string milliseconds_since(Clock::time_point begun) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun).count()) + " ms";
}

std::string end_text(int code) {
  constexpr int by_signal = 128;
  if (code <= by_signal) return "exit code " + std::to_string(code);
  const char* const name = ::sigabbrev_np(code - by_signal);
  return name != nullptr ? "SIG" + std::string(name) : "signal " + std::to_string(code - by_signal);
}

const Terminal plain(Color::never, true);

}  // namespace

DevSession::DevSession(asio::io_context& context, const DevOptions& options, const ListeningSocket& socket,
                       Builder& builder, std::string folder, const Terminal& terminal)
    : context_(context),
      options_(options),
      socket_(socket),
      builder_(builder),
      folder_(std::move(folder)),
      terminal_(terminal),
      token_(new_token()),
      watcher_(context.get_executor(), options.polls),
      changed_(Clock::now()) {}

template <class Function>
void DevSession::after(std::chrono::milliseconds time, Function function) {
  auto timer = std::make_shared<asio::steady_timer>(context_, time);
  timer->async_wait([timer, function](const boost::system::error_code& error) {
    if (!error) function();
  });
}

void DevSession::start() {
  watcher_.set_inputs(builder_.inputs());
  asio::co_spawn(context_, watch(), asio::detached);
  rebuild();
  after(patience_with_backlog, [this] {
    if (serving_ == nullptr && stand_in_ == nullptr && !is_stopping_)
      stand_in_ = std::make_unique<StandIn>(socket_.descriptor(), options_.host, "The program is being built", "");
  });
}

Task<void> DevSession::watch() {
  bool has_said = false;
  for (;;) {
    if (!watcher_.why_it_polls().empty() && !std::exchange(has_said, true))
      terminal_.say("serval: looking at the files every 500 ms: " + watcher_.why_it_polls());
    const bool has_changed = co_await watcher_.change();
    if (!has_changed) continue;
    changed_ = Clock::now();
    if (starting_ != nullptr)
      is_outdated_ = true;
    else
      rebuild();
  }
}

void DevSession::rebuild() {
  if (is_stopping_) return;
  if (building_ != nullptr) building_->emit(asio::cancellation_type::terminal);
  // A cancelled build still uses its signal until it has ended.
  const auto signal = std::make_shared<asio::cancellation_signal>();
  building_ = signal;
  asio::co_spawn(context_, build(),
                 asio::bind_cancellation_slot(signal->slot(), [signal](const std::exception_ptr&) {}));
}

Task<void> DevSession::build() {
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  Built built;
  try {
    built = co_await builder_.build();
  } catch (const UsageError& fault) {
    if (is_first_build_ && !is_stopping_) {
      usage_fault_ = fault;
      building_.reset();  // this build needs no cancellation
      co_return stop();
    }
    built.output = fault.what();  // the user edits the project
  } catch (const std::exception& fault) {
    built.output = fault.what();
  }
  if (cancellation.cancelled() != asio::cancellation_type::none) co_return;  // another build has begun
  building_.reset();
  on_built(built);
}

void DevSession::on_built(const Built& built) {
  is_first_build_ = false;
  watcher_.set_inputs(builder_.inputs());
  last_output_ = built.output;
  if (is_stopping_) return;
  if (!built.is_built)
    return fail("The build has failed", short_text(built.output, folder_, plain),
                short_text(built.output, folder_, terminal_));
  report_times(built);
  start_generation(built.program);
}

void DevSession::report_times(const Built& built) const {
  std::string line = "serval: built";
  for (const auto& [what, time] : built.times) line += ", " + what + " " + std::to_string(time.count()) + " ms";
  terminal_.say(terminal_.styled(Style::dim, line));
}

void DevSession::start_generation(const std::string& program) {
  if (starting_ != nullptr) retire(std::exchange(starting_, nullptr));
  is_outdated_ = false;
  Generation::Setting setting{.program = program,
                              .arguments = options_.arguments,
                              .folder = folder_,
                              .listener = socket_.descriptor(),
                              .number = ++generations_,
                              .token = token_,
                              .host = options_.host == "127.0.0.1" ? "" : options_.host};
  setting.shows_pages = options_.reloads_browser;
  try {
    starting_ = std::make_shared<Generation>(context_.get_executor(), setting);
  } catch (const std::exception& fault) {
    return fail("The program cannot be started", fault.what());
  }
  asio::co_spawn(context_, await_ready(starting_), asio::detached);
  asio::co_spawn(context_, await_end(starting_), asio::detached);
  after(patience_with_start, [this, generation = std::weak_ptr(starting_)] {
    const GenerationPtr still = generation.lock();
    if (still == nullptr || still != starting_) return;
    fail("The program has not said within 10 s that it serves", starting_->last_errors());
    retire(std::exchange(starting_, nullptr));
    if (std::exchange(is_outdated_, false)) rebuild();
  });
}

Task<void> DevSession::await_ready(GenerationPtr generation) {
  co_await generation->ready();
  on_ready(generation);
}

Task<void> DevSession::await_end(GenerationPtr generation) {
  const int code = co_await generation->end();
  generation->stop_waiting();
  on_end(generation, code);
}

void DevSession::on_ready(const GenerationPtr& generation) {
  if (generation != starting_) return;
  starting_.reset();
  stand_in_.reset();
  const bool is_first = serving_ == nullptr && generations_ == 1;
  if (serving_ != nullptr) retire(std::exchange(serving_, nullptr));
  serving_ = generation;
  const std::string what = is_first ? "serving " : "serving the new build, ";
  terminal_.say(
      terminal_.styled(Style::good, "serval: " + what + socket_.url() + " after " + milliseconds_since(changed_)));
  if (std::exchange(is_outdated_, false)) rebuild();
}

void DevSession::on_end(const GenerationPtr& generation, int code) {
  std::erase(stopping_, generation);
  if (is_stopping_) {
    if (serving_ == generation) serving_.reset();
    if (starting_ == generation) starting_.reset();
    if (stopping_.empty() && serving_ == nullptr && starting_ == nullptr) context_.stop();
    return;
  }
  if (generation == starting_) {
    starting_.reset();
    fail("The program ended before it served: " + end_text(code), generation->last_errors());
    if (std::exchange(is_outdated_, false)) rebuild();
  } else if (generation == serving_) {
    serving_.reset();
    fail("The program has ended: " + end_text(code), generation->last_errors());
  }
}

void DevSession::retire(const GenerationPtr& generation) {
  stopping_.push_back(generation);
  generation->signal(SIGTERM);
  after(time_for_requests, [generation = std::weak_ptr(generation)] {
    if (const GenerationPtr still = generation.lock()) still->signal(SIGKILL);
  });
}

void DevSession::fail(const std::string& title, const std::string& text, const std::string& colored) {
  // The responses are marked before the user reads that they are stale.
  if (serving_ != nullptr)
    serving_->tell(title + "\n\n" + text);
  else if (stand_in_ != nullptr)
    stand_in_->say(title, text);
  else
    stand_in_ = std::make_unique<StandIn>(socket_.descriptor(), options_.host, title, text);
  terminal_.complain(terminal_.styled(Style::error, "serval: " + title));
  terminal_.complain(colored.empty() ? text : colored);
}

void DevSession::show_output() const { terminal_.complain(last_output_); }

void DevSession::stop() {
  if (std::exchange(is_stopping_, true)) {
    for (const GenerationPtr& each : stopping_) each->signal(SIGKILL);
    return context_.stop();
  }
  if (building_ != nullptr) building_->emit(asio::cancellation_type::terminal);
  stand_in_.reset();
  for (GenerationPtr* each : {&starting_, &serving_}) {
    if (*each != nullptr) retire(*each);
  }
  if (stopping_.empty()) context_.stop();
}

}  // namespace serval::tool
