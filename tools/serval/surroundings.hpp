// SPDX-License-Identifier: MIT
// Files and variables of the environment.
#pragma once

#include <filesystem>
#include <string>

namespace serval::tool {

/// The bytes of a file; empty if it cannot be read.
[[nodiscard]] std::string text_of(const std::filesystem::path& file);

/// A variable of the environment; empty if it is not set.
[[nodiscard]] std::string variable(const char* name);

}  // namespace serval::tool
