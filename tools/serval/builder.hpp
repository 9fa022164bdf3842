// SPDX-License-Identifier: MIT
// Builds the program of a project.
#pragma once

#include <serval/task.hpp>

#include <chrono>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "project.hpp"
#include "terminal.hpp"
#include "toolchain.hpp"

namespace serval::tool {

struct Built {
  bool is_built = false;
  std::string program{};  ///< the path of the program
  std::string output{};   ///< what compilers and linkers said
  /// What took how long, "compile" and "link".
  std::vector<std::pair<std::string, std::chrono::milliseconds>> times{};
};

/// What is built for.
enum class BuildKind {
  development,  ///< as fast as possible, with the error pages and the reload of `serval dev`
  release,
};

class Builder {
 public:
  Builder() = default;
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;
  virtual ~Builder() = default;

  /// Builds what has changed. A fault of the program's code is no error here: see `Built`. Cancelled, it kills the
  /// compilers. Errors: std::runtime_error, UsageError.
  [[nodiscard]] virtual Task<Built> build() = 0;
  /// The files on which the last build depends, as far as it got: absolute paths within the project.
  [[nodiscard]] virtual std::set<std::filesystem::path> inputs() const = 0;
};

/// Lifetime: `terminal` outlives the builder.
[[nodiscard]] std::unique_ptr<Builder> make_file_builder(Project project, Installation installation,
                                                         Toolchain toolchain, BuildKind kind, const Terminal& terminal);
[[nodiscard]] std::unique_ptr<Builder> make_cmake_builder(Project project, Installation installation,
                                                          Toolchain toolchain, BuildKind kind,
                                                          const Terminal& terminal);

/// The one of the two that the project needs.
[[nodiscard]] std::unique_ptr<Builder> make_builder(Project project, Installation installation, Toolchain toolchain,
                                                    BuildKind kind, const Terminal& terminal);

/// Reads a dependency file of a compiler, "a.o: a.cpp a.hpp \": all but the target.
[[nodiscard]] std::vector<std::string> dependencies_in(const std::string& text);

}  // namespace serval::tool
