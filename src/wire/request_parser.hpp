// SPDX-License-Identifier: MIT
// Parses a complete request head into a `Request` whose texts are views of the read buffer, and decides how the body is
// framed. The second step for a request, after the head scanner. No I/O.
#pragma once

#include <string_view>

#include <serval/http/request.hpp>

#include "wire/request_framing.hpp"

namespace serval::detail {

/// Parses `head`, which the scanner has found complete: from the request line to the empty line, inclusive. Fills
/// `request` (head and header fields) and `framing`.
/// Errors: a head that is malformed, or that RFC 9112 leaves ambiguous, is refused. The connection must then be closed,
/// since the end of the message is unknown. `request` then contains what was parsed before the fault.
/// Lifetime: `head` must stay in its place as long as the request is used.
[[nodiscard]] Refusal parse_request_head(std::string_view head, Request& request, RequestFraming& framing);

}  // namespace serval::detail
