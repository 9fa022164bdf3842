// SPDX-License-Identifier: MIT
#include "terminal.hpp"

#include <unistd.h>

#include <cstdio>

#include "surroundings.hpp"

namespace serval::tool {

namespace {

std::string_view code_of(Style style) {
  switch (style) {
    case Style::error:
      return "\x1b[1;31m";
    case Style::warning:
      return "\x1b[33m";
    case Style::good:
      return "\x1b[32m";
    case Style::dim:
      return "\x1b[2m";
    case Style::bold:
      return "\x1b[1m";
    case Style::plain:
      break;
  }
  return "";
}

void write_line(std::string_view line) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
  std::fflush(stderr);
}

}  // namespace

bool is_colored(Color color, int descriptor) {
  if (color != Color::automatic) return color == Color::always;
  if (!variable("NO_COLOR").empty()) return false;
  if (const std::string force = variable("CLICOLOR_FORCE"); !force.empty() && force != "0") return true;
  return ::isatty(descriptor) == 1 && variable("TERM") != "dumb";
}

Terminal::Terminal(Color color, bool is_quiet) : has_colors_(is_colored(color, STDERR_FILENO)), is_quiet_(is_quiet) {}

std::string Terminal::styled(Style style, std::string_view text) const {
  const std::string_view code = has_colors_ ? code_of(style) : "";
  return code.empty() ? std::string(text) : std::string(code) + std::string(text) + "\x1b[0m";
}

void Terminal::say(std::string_view line) const {
  if (!is_quiet_) write_line(line);
}

void Terminal::complain(std::string_view line) const { write_line(line); }

}  // namespace serval::tool
