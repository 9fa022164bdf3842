// SPDX-License-Identifier: MIT
// Runs a command of the program between the start and the stop of its application.
#pragma once

#include <chrono>
#include <string>

#include <serval/app/app.hpp>

#include "app/own_commands.hpp"

namespace spdlog {
class logger;
}

namespace serval::detail {

/// What a command is called with.
struct CommandCall {
  const OwnCommand& command;
  std::string query;                        ///< its options
  std::chrono::milliseconds stop_deadline;  ///< for the stop of the application
  spdlog::logger& logger;                   ///< gets exceptions
};

/// What is wrong with the options of a command; empty if nothing is. Errors: exceptions of their own checks.
[[nodiscard]] std::string option_faults(const OwnCommand& command, const std::string& query);

/// Returns the exit code. REQUIRES: the options are valid. Errors: exceptions of the start of the application.
[[nodiscard]] int run_command(const App& app, const OwnCommands& commands, const CommandCall& call);

}  // namespace serval::detail
