// SPDX-License-Identifier: MIT
// From the path of a request to one below a folder. No I/O.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace serval::static_files {

struct SafePath {
  std::string path;              ///< relative, without slash at either end; empty for the folder itself
  bool ends_with_slash = false;  ///< as the request wrote it
};

/// Decodes the parts of a raw path, "/css/a%20b.css", each on its own. Nothing for a path that could lead elsewhere: a
/// part that is `.` or `..`, that has a slash, a backslash or NUL in it, or that is empty.
[[nodiscard]] std::optional<SafePath> to_safe_path(std::string_view raw_path);

}  // namespace serval::static_files
