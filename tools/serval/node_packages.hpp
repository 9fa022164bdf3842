// SPDX-License-Identifier: MIT
// Node.js, and npm packages of pinned versions that the tool runs with it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "terminal.hpp"

namespace serval::tool {

/// The first number of "v20.20.2"; 0 if there is none.
[[nodiscard]] int major_version(std::string_view text);

/// The last lines of a text, at most `most`.
[[nodiscard]] std::string last_lines(const std::string& text, std::size_t most);

/// The name of the folder in the cache for the packages of a lock file: other packages have another folder.
[[nodiscard]] std::string packages_folder(const std::string& name, const std::string& lock);

/// Returns a folder whose node_modules has the packages that `pin` names in package.json and package-lock.json. They
/// are installed into the cache at first use, which needs the network and is said in a line; several tools may do so at
/// once. Errors: std::runtime_error if Node.js, npm or the network is missing.
[[nodiscard]] std::filesystem::path installed_packages(const std::filesystem::path& pin, const Terminal& terminal);

}  // namespace serval::tool
