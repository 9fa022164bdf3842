// SPDX-License-Identifier: MIT
// Converts the path of a request to a path below a folder. No I/O.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace serval::static_files {

struct SafePath {
  std::string path;              ///< relative, without slash at either end; empty for the folder itself
  bool ends_with_slash = false;  ///< as in the request
};

/// Decodes the segments of a raw path, "/css/a%20b.css", separately. Nothing for a path that could lead elsewhere: a
/// segment that is `.` or `..`, that contains a slash, a backslash or NUL, or that is empty.
[[nodiscard]] std::optional<SafePath> to_safe_path(std::string_view raw_path);

}  // namespace serval::static_files
