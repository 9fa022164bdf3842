// SPDX-License-Identifier: MIT
// Reads a whole file of settings.
#pragma once

#include <cstddef>
#include <string>

namespace serval::detail {

/// The largest file of settings, in bytes: a device without an end must not fill the memory.
inline constexpr std::size_t max_settings_file_bytes = 1024 * 1024;

struct TextFile {
  std::string text;
  std::string fault;       ///< why it cannot be read; empty if it was read
  bool is_absent = false;  ///< there is no such file
};

/// Reads a file or a pipe; a pipe may wait for its writer.
[[nodiscard]] TextFile read_text_file(const std::string& path);

/// Removes one LF or CR LF from the end.
void cut_final_newline(std::string& text);

}  // namespace serval::detail
