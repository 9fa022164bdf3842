// SPDX-License-Identifier: MIT
// Chooses the language of a response (RFC 9110 section 12.5.4, RFC 4647). No I/O.
#pragma once

#include <span>
#include <string_view>

namespace serval::http {

/// The language among the tags `offered` that an `accept-language` field prefers. The ranges of the field are tried by
/// quality, then in their order. Each range is looked up as a whole and then without its last subtags, one by one
/// (lookup, RFC 4647 section 3.4): "zh-Hant-TW", "zh-Hant", "zh". If none of these is offered, the first tag within the
/// range is chosen, "de-AT" for "de". A weight of 0 refuses the tags within its range, except those that a longer range
/// names. If nothing fits, and for `*`, the result is the first of `offered`. REQUIRES: `offered` is not empty. The
/// result refers to one of them.
[[nodiscard]] std::string_view negotiate_language(std::string_view accept_language,
                                                  std::span<const std::string_view> offered);

}  // namespace serval::http
