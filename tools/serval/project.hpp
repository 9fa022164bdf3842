// SPDX-License-Identifier: MIT
// What is to be built: one file, or a CMake project.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "process.hpp"

namespace serval::tool {

/// The command line asks for something that does not exist or is ambiguous: exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Project {
  std::filesystem::path folder;     ///< absolute
  std::filesystem::path main_file;  ///< absolute; empty: a CMake project
  std::string target{};             ///< of a CMake project; empty: its only program that links serval

  [[nodiscard]] bool is_single_file() const noexcept { return !main_file.empty(); }
};

/// Finds the project that an argument means: a source file, a folder, or nothing for the current folder. A file in a
/// folder with a CMakeLists.txt means the CMake project, unless no CMakeLists.txt names the file. Errors: UsageError.
[[nodiscard]] Project find_project(const std::string& argument, const std::string& target);

/// Where the library is installed: the folders that a compiler and CMake need.
struct Installation {
  std::filesystem::path prefix;      ///< "/usr"
  std::filesystem::path pkg_config;  ///< the folder of serval.pc
  std::filesystem::path share;       ///< "/usr/share/serval": templates, dev.cmake
};

/// The installation to which this program belongs; otherwise the one that pkg-config finds. Errors: std::runtime_error
/// that says what to do.
[[nodiscard]] Installation find_installation();

/// Runs pkg-config for this installation: `{"--libs", "serval"}`.
[[nodiscard]] Ended ask_pkg_config(const Installation& installation, const std::vector<std::string>& words);

/// ~/.cache/serval, or in XDG_CACHE_HOME; created.
[[nodiscard]] std::filesystem::path cache_folder();

}  // namespace serval::tool
