// SPDX-License-Identifier: MIT
// The commands of the tool and their options.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "dev.hpp"
#include "program.hpp"
#include "terminal.hpp"
#include "typescript_client.hpp"

namespace serval::tool {

/// What a command line says.
struct Wishes {
  Color color = Color::automatic;
  bool is_quiet = false;
  DevOptions dev{};
  bool keeps_browser = false;
  ProgramOptions program{};
  std::vector<std::string> arguments{};  ///< of the program
  std::string folder{};                  ///< of `new`
  std::string project_template = "hello";
  bool as_json = false;
  std::string file{};   ///< of `openapi`
  std::string check{};  ///< of `openapi`
  std::string shell{};
  ClientOptions client{};
};

/// Declares all commands. Lifetime: `wishes` outlives `app`.
void declare_commands(CLI::App& app, Wishes& wishes);

/// What can follow these words, of which the last one may be incomplete: one word a line, sorted.
[[nodiscard]] std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words);

/// The script for a shell, "bash" or "zsh", that asks `serval __complete`.
[[nodiscard]] std::string completion_script(const std::string& shell);

}  // namespace serval::tool
