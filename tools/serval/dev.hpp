// SPDX-License-Identifier: MIT
// `serval dev`: builds a program, serves it, and replaces it by a new build whenever a file changes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "terminal.hpp"

namespace serval::tool {

struct DevOptions {
  std::string project{};   ///< a file or a folder; empty: the current folder
  std::string target{};    ///< of a CMake project
  std::string compiler{};  ///< empty: the fastest that is found
  std::string host = "127.0.0.1";
  std::uint16_t port = 8000;  ///< 0: a free one
  bool polls = false;         ///< look at the files every 500 ms
  bool reloads_browser = true;
  std::vector<std::string> arguments{};  ///< of the program
};

/// Runs until SIGINT, SIGTERM or the key `q`; returns the exit code. Errors: UsageError, std::system_error,
/// std::runtime_error.
[[nodiscard]] int run_dev(const DevOptions& options, const Terminal& terminal);

}  // namespace serval::tool
