// SPDX-License-Identifier: MIT
// Which language an answer may be in (RFC 9110 section 12.5.4, RFC 4647). No I/O.
#pragma once

#include <span>
#include <string_view>

namespace serval::http {

/// The language, of the tags `offered`, that an `accept-language` field asks for most. For each range of the field, by
/// quality and then as they stand there, it is looked for as a whole and then with its end left out subtag by subtag
/// (lookup, RFC 4647 section 3.4), "zh-Hant-TW", "zh-Hant", "zh"; where none of that is offered, the first tag within
/// the range, "de-AT" for "de". A weight of 0 refuses what is within its range, but for what a longer range names. The
/// first of `offered` where nothing fits, and for `*`. REQUIRES: `offered` is not empty. The answer views one of them.
[[nodiscard]] std::string_view negotiate_language(std::string_view accept_language,
                                                  std::span<const std::string_view> offered);

}  // namespace serval::http
