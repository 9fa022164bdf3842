// SPDX-License-Identifier: MIT
// The format of `.env` files, without I/O.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace serval::detail {

/// One `NAME=value`. Lines count from 1; that of a value of several lines is its first one.
struct EnvFileEntry {
  std::string name;
  std::string value;
  std::size_t line;
};

/// A line that cannot be read. The message has no text of the file, since it may be a secret.
struct EnvFileFault {
  std::string name;  ///< of a pair; empty if the line is none
  std::string
      word;  ///< what a line that is no pair begins with, up to a colon: perhaps part of a secret, so never shown
  std::string message;
  std::size_t line;
  bool has_more_lines;  ///< perhaps other pairs, if a quote is not closed where it should be
};

struct EnvFile {
  std::vector<EnvFileEntry> entries;  ///< in the order of the file; a name may occur several times
  std::vector<EnvFileFault> faults;
};

/// Reads `export NAME=value`, with or without `export`. White space around name and value does not count. `#` begins a
/// comment at the beginning of a line, after white space, and after a quoted value. In single quotes every character is
/// itself. In double quotes `\\`, `\"`, `\$`, `\n`, `\r` and `\t` are escapes, and every other backslash is itself.
/// Quoted values may have several lines. `$` and backquotes mean nothing: a value is never expanded. A byte order mark
/// is skipped, and lines may end in CR LF. Names consist of visible ASCII characters except `=`, `#` and quotes.
[[nodiscard]] EnvFile parse_env_file(std::string_view text);

}  // namespace serval::detail
