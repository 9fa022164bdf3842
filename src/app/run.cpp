// SPDX-License-Identifier: MIT
// `App::run`: a whole program in one call. The only place of the library that handles signals.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <spdlog/spdlog.h>

#include <serval/app/app.hpp>
#include <serval/app/run_extension.hpp>
#include <serval/base/log.hpp>
#include <serval/base/version.hpp>
#include <serval/middleware/forwarded_headers.hpp>
#include <serval/server/server.hpp>

#include "app/app_state.hpp"
#include "app/command_arguments.hpp"
#include "app/command_line.hpp"
#include "app/middleware_list.hpp"
#include "app/route_list.hpp"
#include "app/run_command.hpp"
#include "base/environment.hpp"
#include "base/fault_text.hpp"
#include "base/join.hpp"
#include "openapi/document.hpp"
#include "server/health_probe.hpp"
#include "server/supervisor.hpp"

namespace serval {

namespace {

/// The first signal stops gracefully, the second immediately. `is_stopping` becomes true with the first.
void stop_at_signal(boost::asio::signal_set& signals, Server& server, spdlog::logger& logger,
                    std::atomic<bool>& is_stopping) {
  signals.async_wait([&signals, &server, &logger, &is_stopping](const boost::system::error_code& error, int signal) {
    if (error) return;
    const bool forced = is_stopping.exchange(true);
    logger.info("signal {}: {}", signal, forced ? "stopping at once" : "finishing open requests");
    if (forced)
      server.stop(std::chrono::milliseconds(0));
    else
      server.stop();
    detail::tell_supervisor("STOPPING=1");
    stop_at_signal(signals, server, logger, is_stopping);
  });
}

/// The thread that waits for signals ends before the server that it would stop.
struct WaiterEnd {
  boost::asio::io_context& context;
  std::thread& thread;
  ~WaiterEnd() {
    context.stop();
    thread.join();
  }
};

int serve_until_signal(const App& app, const ServerOptions& options, spdlog::logger& logger) {
  boost::asio::io_context context(1);
  Server server(app, options);
  boost::asio::signal_set signals(context, SIGINT, SIGTERM);
  std::atomic<bool> is_stopping = false;
  stop_at_signal(signals, server, logger, is_stopping);
  std::thread waiter([&] { context.run(); });  // started here, so that a signal reaches start functions
  const WaiterEnd end_of_waiter{context, waiter};
  server.start();
  logger.info("serving {} on {} (stop with Ctrl+C)", app.settings().title, detail::join(server.addresses()));
  if (!is_stopping.load()) detail::tell_supervisor("READY=1");
  server.join();
  logger.info("stopped");
  return 0;
}

/// Writes the document for people and version control: indented, with a newline at the end. Returns the exit code.
int write_document(const App& app, const std::string& file, const char* program) {
  const AppOptions& settings = app.settings();
  const json document =
      openapi::with_server(app.openapi(), settings.root_path_in_servers ? settings.root_path : std::string());
  const std::string text = document.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
  std::FILE* out = file.empty() ? stdout : std::fopen(file.c_str(), "wb");
  bool written = out != nullptr && std::fwrite(text.data(), 1, text.size(), out) == text.size();
  if (out != nullptr) written = (file.empty() ? std::fflush(out) : std::fclose(out)) == 0 && written;
  if (!written) std::fprintf(stderr, "%s: cannot write %s\n", program, file.empty() ? "the document" : file.c_str());
  return written ? 0 : 1;
}

detail::CodeSettings code_settings(const App& app, const std::vector<const routing::Middleware*>& members,
                                   ServerOptions options) {
  detail::CodeSettings code;
  const bool has_own = std::any_of(members.begin(), members.end(),
                                   [](const auto* member) { return member->ops().trust_proxies != nullptr; });
  if (has_own) code.trusted_proxies = "those of the program";
  if (options.logger != nullptr) {
    const auto level = spdlog::level::to_string_view(options.logger->level());
    code.log_level.assign(level.data(), level.size());
  }
  code.root_path = app.settings().root_path;
  code.program_options = detail::program_options();
  code.server = std::move(options);
  return code;
}

/// What the program is asked to do, apart from its options.
struct Asked {
  const char* program;
  const detail::OwnCommand* command = nullptr;  // null: serve, or answer an option
  std::vector<std::string_view> arguments{};    // of the command, or of the program
  std::string error{};
};

/// A command of the program is its first argument.
Asked asked_for(int argc, const char* const* argv, const detail::OwnCommands& commands) {
  Asked asked{.program = argc > 0 ? argv[0] : "serval"};
  const std::vector<std::string_view> arguments{argv + (argc > 0 ? 1 : 0), argv + argc};
  asked.arguments = arguments;
  if (arguments.empty() || arguments.front().starts_with('-') || commands.all().empty()) return asked;
  asked.command = commands.find(arguments.front());
  asked.arguments.erase(asked.arguments.begin());
  if (asked.command != nullptr) return asked;
  const std::string nearest = commands.nearest(arguments.front());
  asked.error = "unknown command \"" + std::string(arguments.front()) + '"' +
                (nearest.empty() ? "" : "; do you mean " + nearest + "?");
  return asked;
}

int refuse_usage(const char* program, const std::string& error) {
  std::fprintf(stderr, "%s: %s\nTry --help.\n", program, error.c_str());
  return 2;
}

/// Returns the exit code if the command's own arguments already decide it.
std::optional<int> answer_arguments(const Asked& asked, const detail::CommandArguments& arguments) {
  const std::string name = std::string(asked.program) + ' ' + asked.command->name;
  if (!arguments.error.empty()) return refuse_usage(name.c_str(), arguments.error);
  if (!arguments.show_help) {
    const std::string faults = detail::option_faults(*asked.command, arguments.query);
    if (faults.empty()) return std::nullopt;
    return refuse_usage(name.c_str(), faults);
  }
  std::fputs(detail::command_help(asked.program, *asked.command).c_str(), stdout);
  return 0;
}

/// Prints what an option asks for. Returns the exit code; nothing if the program is to go on.
std::optional<int> answer_option(const detail::CommandLine& line, const char* program,
                                 const detail::CodeSettings& code) {
  if (!line.error.empty()) return refuse_usage(program, line.error);
  if (line.show_help) {
    std::fputs(detail::command_line_help(program, code).c_str(), stdout);
    return 0;
  }
  if (line.show_version) {
    std::printf("%.*s\n", static_cast<int>(library_version.size()), library_version.data());
    return 0;
  }
  if (line.check_path.empty()) return std::nullopt;
  const std::string fault = detail::probe_health(line.server, line.check_path);
  if (!fault.empty()) std::fprintf(stderr, "%s: %s\n", program, fault.c_str());
  return fault.empty() ? 0 : 1;
}

/// The parts of the command line that concern the application, the log and where to listen.
void settle(detail::CommandLine& line, detail::AppState& application) {
  if (line.root_path) application.set_root_path(*line.root_path);
  if (line.server.logger == nullptr) line.server.logger = make_logger();
  if (line.log_level) {
    for (spdlog::logger* logger : {line.server.logger.get(), &application.logger()})
      logger->set_level(spdlog::level::from_str(*line.log_level));
  }
  for (const std::string& warning : line.warnings) line.server.logger->warn("{}", warning);
  auto inherited = detail::inherited_listeners();
  if (!line.says_where && !inherited.empty()) line.server.listeners = std::move(inherited);
}

}  // namespace

int App::run(int argc, const char* const* argv) { return run(argc, argv, ServerOptions()); }

int App::run(int argc, const char* const* argv, ServerOptions options) {
  const Asked asked = asked_for(argc, argv, state_->commands());
  const char* program = asked.program;
  if (!asked.error.empty()) return refuse_usage(program, asked.error);
  detail::CommandArguments own;
  if (asked.command != nullptr) {
    own = detail::parse_command_arguments(asked.command->command->options(), asked.arguments);
    if (const std::optional<int> exit_code = answer_arguments(asked, own)) return *exit_code;
  }
  detail::CodeSettings code = code_settings(*this, state_->all_middleware(), std::move(options));
  for (const detail::OwnCommand& each : state_->commands().all())
    code.commands.emplace_back(each.name, each.options.help);
  const std::vector<std::string_view> none;
  detail::CommandLine line = detail::parse_command_line(asked.command != nullptr ? none : asked.arguments,
                                                        detail::environment_with_prefix("SERVAL_"), code);
  line.server.access_log = line.server.access_log.value_or(true);
  if (const std::optional<int> exit_code = answer_option(line, program, code)) return *exit_code;
  try {
    if (!line.trusted_proxies.empty() && !state_->trust_proxies(line.trusted_proxies))
      use(ForwardedHeaders({.trusted = line.trusted_proxies}));
    if (line.access_log) state_->log_requests(*line.access_log);
  } catch (...) {
    std::fprintf(stderr, "%s: %s\n", program, detail::fault_text(std::current_exception()).c_str());
    return 2;
  }
  if (line.show_middleware) {
    std::fputs(detail::list_middleware(*state_).c_str(), stdout);
    return 0;
  }
  if (line.show_routes) {
    std::fputs(detail::route_table(routes()).c_str(), stdout);
    return 0;
  }
  settle(line, *state_);
  try {
    if (asked.command != nullptr)
      return detail::run_command(*this, state_->commands(),
                                 {.command = *asked.command,
                                  .query = own.query,
                                  .stop_deadline = line.server.stop_deadline,
                                  .logger = *line.server.logger});
    if (!line.show_openapi) detail::extend(*this);
    if (line.show_openapi) return write_document(*this, line.openapi_file, program);
    return serve_until_signal(*this, line.server, *line.server.logger);
  } catch (...) {
    const bool is_start = state_->has_failed_to_start();
    line.server.logger->critical("{}: {}",
                                 line.show_openapi          ? "cannot make the document"
                                 : is_start                 ? "start failed"
                                 : asked.command != nullptr ? "cannot run the command"
                                                            : "cannot serve",
                                 detail::fault_text(std::current_exception()));
    return is_start ? 3 : 1;
  }
}

}  // namespace serval
