// SPDX-License-Identifier: MIT
// The `content-disposition` field of a response (RFC 6266). No I/O.
#pragma once

#include <string>
#include <string_view>

namespace serval::detail {

/// `attachment; filename="b.txt"`, or `attachment; filename*=utf-8''%C3%A9%20x.txt` (RFC 8187) if the name has
/// characters other than letters, digits, '-', '.', '_' and '~'. REQUIRES: `type` is a token. Errors:
/// `std::invalid_argument` for CR, LF or NUL in the name.
[[nodiscard]] std::string format_content_disposition(std::string_view type, std::string_view filename);

}  // namespace serval::detail
