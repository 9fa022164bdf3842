// SPDX-License-Identifier: MIT
#include "dev.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <memory>
#include <utility>

#include "builder.hpp"
#include "dev_session.hpp"
#include "keys.hpp"
#include "listening_socket.hpp"
#include "project.hpp"
#include "toolchain.hpp"

namespace serval::tool {

namespace asio = boost::asio;

namespace {

void stop_at_signal(asio::signal_set& signals, DevSession& session) {
  signals.async_wait([&signals, &session](const boost::system::error_code& error, int) {
    if (error) return;
    session.stop();
    stop_at_signal(signals, session);
  });
}

Task<void> follow_keys(Keys& keys, DevSession& session, std::string url) {
  for (char key = co_await keys.next(); key != '\0'; key = co_await keys.next()) {
    if (key == 'q') session.stop();
    if (key == 'r') session.rebuild();
    if (key == 'v') session.show_output();
    if (key != 'o') continue;
    // In a session of its own: it may stay open for longer than the tool.
    Command browser{.words = {"sh", "-c", "setsid -f xdg-open \"$1\" >/dev/null 2>&1", "sh", url + "/docs"}};
    const Ended opened = co_await run(std::move(browser));
    if (opened.code != 0) session.show("serval: no browser could be opened: " + url + "/docs");
  }
}

/// The program serves on the tool's socket. Errors: UsageError.
void require_no_address(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    const std::string name = argument.substr(0, argument.find('='));
    if (name == "--host" || name == "--port" || name == "--listen")
      throw UsageError(name + " belongs before \"--\": serval dev opens the port for the program");
  }
}

}  // namespace

int run_dev(const DevOptions& options, const Terminal& terminal) {
  require_no_address(options.arguments);
  const Project project = find_project(options.project, options.target);
  const Toolchain toolchain = choose_toolchain(options.compiler);
  const ListeningSocket socket(options.host, options.port);
  const std::unique_ptr<Builder> builder =
      make_builder(project, find_installation(), toolchain, BuildKind::development, terminal);
  asio::io_context context(1);
  DevSession session(context, options, socket, *builder, project.folder.string(), terminal);
  asio::signal_set signals(context, SIGINT, SIGTERM);
  stop_at_signal(signals, session);
  Keys keys(context.get_executor());
  const std::string compiler = toolchain.compiler + (toolchain.linker.empty() ? "" : " and " + toolchain.linker);
  terminal.say("serval: building with " + compiler + ", " + socket.url() + ", docs at " + socket.url() + "/docs");
  if (keys.is_terminal()) {
    terminal.say(terminal.styled(Style::dim, "serval: keys: r rebuild, o open the docs, v the whole error, q quit"));
    asio::co_spawn(context, follow_keys(keys, session, socket.url()), asio::detached);
  }
  session.start();
  context.run();
  if (session.usage_fault()) throw UsageError(*session.usage_fault());
  return 0;
}

}  // namespace serval::tool
