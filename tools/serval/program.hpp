// SPDX-License-Identifier: MIT
// The commands that build the program of a project and run it once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "builder.hpp"
#include "terminal.hpp"

namespace serval::tool {

struct ProgramOptions {
  std::string project{};
  std::string target{};
  std::string compiler{};
  BuildKind kind = BuildKind::development;
};

/// Builds the program; returns its path, or nothing after it has shown why not. Errors: as `run_dev`.
[[nodiscard]] std::string built_program(const ProgramOptions& options, const Terminal& terminal);

/// `serval run`: becomes the program, with the tool's process id; returns only if that fails: the exit code. It serves
/// on all addresses, port 8000, unless the arguments or the environment say otherwise.
[[nodiscard]] int run_program(const ProgramOptions& options, std::vector<std::string> arguments,
                              const Terminal& terminal);

/// `serval routes`, `serval openapi`: builds the program and becomes it with these arguments.
[[nodiscard]] int ask_program(const ProgramOptions& options, std::vector<std::string> arguments,
                              const Terminal& terminal);

/// Builds the program; returns its OpenAPI document, or nothing after it has shown why not. Errors: as `run_dev`.
[[nodiscard]] std::optional<std::string> program_document(const ProgramOptions& options, const Terminal& terminal);

/// `serval openapi --check FILE`: whether the file has the bytes of the program's document. Returns the exit code.
[[nodiscard]] int check_document(const ProgramOptions& options, const std::string& file, const Terminal& terminal);

}  // namespace serval::tool
