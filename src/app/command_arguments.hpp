// SPDX-License-Identifier: MIT
// The command line of a program's own command: its arguments become the query string of the request that it is called
// with, so that options are checked like query parameters.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <serval/app/command.hpp>
#include <serval/schema/errors.hpp>

namespace serval::detail {

/// The arguments behind the name of a command.
struct CommandArguments {
  std::string query;  ///< "rows=10&tag=a&tag=b"
  bool show_help = false;
  std::string error;  ///< empty if there is none
};

/// `options`: the struct of the options; null if there are none. Values are not checked.
[[nodiscard]] CommandArguments parse_command_arguments(const Type* options,
                                                       std::span<const std::string_view> arguments);

/// An option that two members have, or a member and its negation, or `help`; empty if there is none.
[[nodiscard]] std::string ambiguous_option(const Type* options);

/// The faults of the options, separated by "; ": "--rows: Input should be greater than 0".
[[nodiscard]] std::string option_faults(const ValidationError& error);

/// The text of `--help` behind a command.
[[nodiscard]] std::string command_help(std::string_view program, const OwnCommand& command);

}  // namespace serval::detail
