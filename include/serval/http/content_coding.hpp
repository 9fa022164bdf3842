// SPDX-License-Identifier: MIT
// Which content coding an answer may have (RFC 9110 section 12.5.3). No I/O.
#pragma once

#include <span>
#include <string_view>

namespace serval::http {

/// The coding, of those `offered`, that an `accept-encoding` field asks for most: by quality, then by the order of
/// `offered`; "identity" where the field prefers it, names none of them, is empty or malformed. Names compare
/// case-insensitively, a weight of 0 refuses, `*` stands for all that are not named. A client that refuses everything
/// gets "identity" too: an answer it may understand helps more than 406. The answer views one of `offered` or a
/// literal.
[[nodiscard]] std::string_view negotiate_coding(std::string_view accept_encoding,
                                                std::span<const std::string_view> offered);

}  // namespace serval::http
