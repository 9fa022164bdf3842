// SPDX-License-Identifier: MIT
// The media type of a file by its name. No I/O.
#pragma once

#include <string_view>

namespace serval::http {

/// The media type by the suffix after the last dot, in any case: "text/css" for "site/main.CSS".
/// `application/octet-stream` for an unknown suffix and without one; a name that begins with its only dot has no
/// suffix.
[[nodiscard]] std::string_view media_type_of_path(std::string_view path) noexcept;

}  // namespace serval::http
