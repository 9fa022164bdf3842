// SPDX-License-Identifier: MIT
// Programs that the tool runs: compilers, and the server under development.
#pragma once

#include <serval/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::tool {

/// A command line. The first word is a path, or a name that PATH has.
struct Command {
  std::vector<std::string> words;
  std::string folder{};                                            ///< empty: that of the tool
  std::vector<std::pair<std::string, std::string>> environment{};  ///< besides the tool's own
  int listener = -1;          ///< a listening socket, handed over as systemd does (sd_listen_fds(3)); below 0: none
  int connection = -1;        ///< a socket that becomes descriptor 4; below 0: none
  bool shows_output = false;  ///< whether standard output is that of the tool; otherwise it is read with the errors
};

/// The number of the descriptor that `Command::connection` becomes.
constexpr int inherited_connection = 4;

/// A process in a group of its own, whose errors are read. It gets SIGTERM if the tool dies. Lifetime: a process that
/// still runs is killed with its group. Thread safety: none; one event loop.
class Process {
 public:
  /// Errors: std::system_error if it cannot be started.
  Process(const boost::asio::any_io_executor& executor, const Command& command);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  /// Waits for the end, and passes the output on meanwhile. What a process that it has left behind writes later is
  /// lost. Returns the exit code: 128 + n after signal n, 127 if there is no such program.
  [[nodiscard]] Task<int> end(std::function<void(std::string_view)> on_output);
  /// Sends a signal to the group; nothing if it has ended.
  void signal(int number) noexcept;

 private:
  [[nodiscard]] Task<void> read(const std::function<void(std::string_view)>& on_output);
  [[nodiscard]] Task<void> wait();

  boost::asio::posix::stream_descriptor output_;
  boost::asio::posix::stream_descriptor end_;  // readable when the process has ended
  int id_ = -1;
  bool has_ended_ = false;
};

/// What a command that has ended left behind.
struct Ended {
  int code = 0;
  std::string output;  ///< standard output and standard error
};

/// Runs a command to its end. Cancelled, it kills the command with all that it has started.
[[nodiscard]] Task<Ended> run(Command command);

/// The same without an event loop, for commands that end at once.
[[nodiscard]] Ended run_now(const Command& command);

/// Runs a task on an event loop of its own.
template <class T>
[[nodiscard]] T finish(Task<T> task) {
  boost::asio::io_context context(1);
  T result{};
  std::exception_ptr fault;
  boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr thrown, T done) {
    fault = std::move(thrown);
    result = std::move(done);
  });
  context.run();
  if (fault) std::rethrow_exception(fault);
  return result;
}

/// The path of a program in PATH; empty if there is none.
[[nodiscard]] std::string find_program(const std::string& name);

}  // namespace serval::tool
