// SPDX-License-Identifier: MIT
// Reads a whole request head into a `Request` whose texts are views of the read buffer, and decides how the body
// is framed. Second step of the way in, after the head scanner. No I/O.
#pragma once

#include <string_view>

#include <serval/http/request.hpp>

#include "wire/request_framing.hpp"

namespace serval::detail {

/// Parses `head`, which the scanner has found complete: from the request line to the empty line, inclusive. Fills
/// `request` (head and header fields) and `framing`.
/// Errors: what RFC 9112 leaves ambiguous is refused; the connection must then be closed, as the end of the message
/// is not known. `request` then holds what was read before the fault.
/// Lifetime: `head` must stay where it is as long as the request is looked at.
[[nodiscard]] Refusal parse_request_head(std::string_view head, Request& request, RequestFraming& framing);

}  // namespace serval::detail
