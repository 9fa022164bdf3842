// SPDX-License-Identifier: MIT
// Files, their lines, and variables of the environment.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace serval::tool {

/// The bytes of a file; empty if it cannot be read.
[[nodiscard]] std::string text_of(const std::filesystem::path& file);

/// The lines of a text, without their ends. Lifetime: that of the text.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// A variable of the environment; empty if it is not set.
[[nodiscard]] std::string variable(const char* name);

}  // namespace serval::tool
