// SPDX-License-Identifier: MIT
// The `content-disposition` field of an answer (RFC 6266). No I/O.
#pragma once

#include <string>
#include <string_view>

namespace serval::detail {

/// `attachment; filename="b.txt"`, or `attachment; filename*=utf-8''%C3%A9%20x.txt` (RFC 8187) where the name has more
/// in it than letters, digits, '-', '.', '_' and '~'. REQUIRES: `type` is a token. Errors: CR, LF or NUL in the name is
/// `std::invalid_argument`.
[[nodiscard]] std::string format_content_disposition(std::string_view type, std::string_view filename);

}  // namespace serval::detail
