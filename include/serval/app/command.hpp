// SPDX-License-Identifier: MIT
// A program's own commands: functions that `App::run` calls instead of serving, `./shop seed --rows 10`.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/app/command_function.hpp>
#include <serval/base/source_location.hpp>

namespace serval {

/// The options of `App::command`.
struct CommandOptions {
  /// What the command does, for `--help`: "Fill the tables". Default: nothing.
  std::string help{};
};

namespace detail {

/// A declared command.
struct OwnCommand {
  std::string name;
  CommandOptions options;
  SourceLocation where;
  std::unique_ptr<const Command> command;
};

}  // namespace detail

namespace http {

/// The part of an `App` that declares commands of the program.
class Commands {
 public:
  /// A command that `App::run` runs instead of serving, if it is the first argument of the program:
  /// ```
  /// struct Seed { Default<int> rows = 100; };
  /// Task<int> seed(Seed options, State<Database> database);
  /// app.command<seed>("seed", {.help = "Fill the tables"});    // ./shop seed --rows 10
  /// ```
  /// The function takes at most one plain struct, whose members are its options, read like those of a `Query` struct:
  /// `rows` is `--rows`; a bool is `--dry-run` or `--no-dry-run`; an option for a list may be repeated. It may also
  /// take `State<T>`, `Stopping`, `Blocking`, and `Depends<f>` of functions that need no request. It may block, and
  /// returns its exit code, from 0 to 255, or nothing for 0; or a `Task` of these. `--help` after the command lists its
  /// options.
  ///
  /// Start functions and lifespans run before it, and end after it; services and repeated functions do not run. Values
  /// of dependencies end as those of a request: a transaction is committed, also for another exit code than 0, or
  /// rolled back after an exception; then background work runs. SIGINT and SIGTERM set `Stopping` and cancel a
  /// coroutine; a second signal ends the program at once. Exit codes: 1 for an exception, which is logged; 2 wrong
  /// usage; 3 a start function failed; 128 and the number of the signal if it cancelled the function. Options of the
  /// server, such as the level of the log, come from the environment. Commands of mounted applications are not commands
  /// of the program. Errors: SetupError for a name that is empty, has other characters than a-z, 0-9, - and _, or is
  /// taken; for options of one name; for dependencies that read the request.
  template <auto Function>
  void command(std::string_view name, const CommandOptions& options = {},
               SourceLocation where = SourceLocation::current()) {
    command(name, Function, options, where);
  }
  /// The same for a lambda.
  template <class F>
  requires(!std::is_same_v<std::decay_t<F>, CommandOptions>) void command(
      std::string_view name, F function, const CommandOptions& options = {},
      SourceLocation where = SourceLocation::current()) {
    add(detail::OwnCommand{.name = std::string(name),
                           .options = options,
                           .where = where,
                           .command = std::make_unique<const detail::TypedCommand<F>>(std::move(function))});
  }

 protected:
  Commands() = default;
  ~Commands() = default;
  virtual void add(detail::OwnCommand command) = 0;
};

}  // namespace http

}  // namespace serval
