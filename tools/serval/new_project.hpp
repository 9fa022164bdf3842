// SPDX-License-Identifier: MIT
// `serval new`: a project from a template.
#pragma once

#include <filesystem>
#include <string>

#include "terminal.hpp"

namespace serval::tool {

/// Copies the template to the folder `path`, whose last part is the name of the project. Errors: UsageError for a name
/// that CMake or C++ does not accept, a template that does not exist, and a folder that is not empty.
void make_project(const std::filesystem::path& path, const std::string& name_of_template,
                  const std::filesystem::path& templates, const Terminal& terminal);

/// Whether the name can be that of a project: a small letter, then small letters, digits and "_", at most 40.
[[nodiscard]] bool is_project_name(const std::string& name);

}  // namespace serval::tool
