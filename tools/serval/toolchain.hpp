// SPDX-License-Identifier: MIT
// The compiler, the linker and the compiler cache that the tool uses.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace serval::tool {

struct Toolchain {
  std::string compiler;  ///< a path, or a name in PATH
  bool is_clang = false;
  std::string linker{};  ///< "lld", "mold", "gold"; empty: the compiler's own
  std::string ccache{};  ///< a path; empty: none

  /// The words before the arguments of a compilation.
  [[nodiscard]] std::vector<std::string> compile_words() const;
  /// The option that selects the linker; none for the compiler's own.
  [[nodiscard]] std::vector<std::string> link_options() const;
  /// Variables for ccache, so that it keeps compilations with precompiled headers.
  [[nodiscard]] static std::vector<std::pair<std::string, std::string>> environment();
};

/// `compiler`: as `--compiler` says. Empty: clang++ if there is one, which compiles faster; else g++. Errors:
/// UsageError if there is none.
[[nodiscard]] Toolchain choose_toolchain(const std::string& compiler);

}  // namespace serval::tool
