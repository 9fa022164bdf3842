// SPDX-License-Identifier: MIT
// Chooses the content coding of a response (RFC 9110 section 12.5.3). No I/O.
#pragma once

#include <span>
#include <string_view>

namespace serval::http {

/// The coding among `offered` that an `accept-encoding` field prefers: by quality, then by the order of `offered`;
/// "identity" if the field prefers it, names none of them, is empty or malformed. Names compare case-insensitively, a
/// weight of 0 refuses, `*` means all that are not named. A client that refuses everything also gets "identity": a
/// response that it may understand helps more than 406. The result refers to one of `offered` or to a literal.
[[nodiscard]] std::string_view negotiate_coding(std::string_view accept_encoding,
                                                std::span<const std::string_view> offered);

}  // namespace serval::http
