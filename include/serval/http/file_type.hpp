// SPDX-License-Identifier: MIT
// The media type of a file by its name. No I/O.
#pragma once

#include <string_view>

namespace serval::http {

/// By what stands behind the last dot, in whatever case: "text/css" for "site/main.CSS". `application/octet-stream` for
/// a suffix that is not known and for none; a name that begins with its only dot has none.
[[nodiscard]] std::string_view media_type_of_path(std::string_view path) noexcept;

}  // namespace serval::http
