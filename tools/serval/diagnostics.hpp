// SPDX-License-Identifier: MIT
// What compilers say, made short.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "terminal.hpp"

namespace serval::tool {

/// One error of a compiler or linker.
struct Diagnostic {
  std::string file{};         ///< empty: unknown, as of a linker
  int line = 0;               ///< from 1; 0: unknown
  int column = 0;             ///< from 1; 0: unknown
  std::string message{};      ///< of a `static_assert` of serval only its sentence
  std::string source{};       ///< the line of code; empty if the compiler did not show it
  bool is_of_serval = false;  ///< whether it is a sentence that the library has for this mistake
};

/// The errors in the output of g++, clang++, ld, lld or CMake, each once: the sentences of serval first, then those in
/// files below `folder`, then the others. Warnings and notes are left out. Empty if it understands none of it.
[[nodiscard]] std::vector<Diagnostic> diagnostics_of(std::string_view output, std::string_view folder);

/// The first `most` errors as text, with paths relative to `folder`; the last lines of `output` if there are no errors.
[[nodiscard]] std::string short_text(std::string_view output, std::string_view folder, const Terminal& terminal,
                                     std::size_t most = 5);

}  // namespace serval::tool
