// SPDX-License-Identifier: MIT
// What the tool says to a person: colours, and lines on standard error.
#pragma once

#include <string>
#include <string_view>

namespace serval::tool {

/// The value of `--color`.
enum class Color { automatic, always, never };

/// Whether text for this descriptor is coloured: as `color` says; else NO_COLOR (not empty: no), CLICOLOR_FORCE (not
/// empty and not "0": yes), and whether it is a terminal.
[[nodiscard]] bool is_colored(Color color, int descriptor);

/// The parts of a message that have colours of their own.
enum class Style { plain, error, warning, good, dim, bold };

/// Writes lines to standard error. Thread safety: none.
class Terminal {
 public:
  Terminal(Color color, bool is_quiet);

  /// A text with its colour, or as it is.
  [[nodiscard]] std::string styled(Style style, std::string_view text) const;
  /// Writes a line about progress, unless the tool is quiet.
  void say(std::string_view line) const;
  /// Writes a line about a fault, also if the tool is quiet.
  void complain(std::string_view line) const;

 private:
  bool has_colors_;
  bool is_quiet_;
};

}  // namespace serval::tool
