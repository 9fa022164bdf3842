// SPDX-License-Identifier: MIT
// The command lines that CMake writes for clangd and clang-tidy.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace serval::tool {

/// A command line without the options of precompiled headers, which only the compiler that made them can read.
[[nodiscard]] std::string without_precompiled_header(std::string_view command);

/// Removes them from all commands of a `compile_commands.json`. Does nothing if the file does not exist or has another
/// form.
void remove_precompiled_headers(const std::filesystem::path& compile_commands);

}  // namespace serval::tool
