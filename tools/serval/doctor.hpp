// SPDX-License-Identifier: MIT
// `serval doctor`: whether everything is there that the other commands need.
#pragma once

#include <string>
#include <vector>

#include "terminal.hpp"

namespace serval::tool {

struct Finding {
  enum class Level { good, advice, fault };
  Level level = Level::good;
  std::string what;      ///< "clang++ 14.0.6"
  std::string remedy{};  ///< what to do; empty: nothing
};

[[nodiscard]] std::vector<Finding> examine();

/// Prints the findings to standard output; returns the exit code: 1 if there is a fault.
[[nodiscard]] int run_doctor(bool as_json, const Terminal& terminal);

}  // namespace serval::tool
