// SPDX-License-Identifier: MIT
// Takes a token apart (RFC 7515 section 7.1), without keys.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "json/reader.hpp"

namespace serval::detail {

/// The parts of a token that are used. The header's `jwk`, `jku`, `x5u` and `x5c` are not among them: whoever made the
/// token chose them.
struct ParsedToken {
  std::string_view signing_input;     ///< header and payload as in the token
  std::string algorithm;              ///< `alg`
  std::optional<std::string> key_id;  ///< `kid`
  std::optional<std::string> type;    ///< `typ`
  std::string payload;                ///< the decoded claims, not parsed yet
  std::string signature;              ///< decoded
};

/// Why something is refused; empty: it is not. The text is static.
using TokenRefusal = std::string_view;

/// Parses a token of at most `max_bytes`. Lifetime: `out` refers to the token.
[[nodiscard]] TokenRefusal parse_token(std::string_view token, std::size_t max_bytes, ParsedToken& out);

/// Parses an object of a token, in UTF-8, without repeated members. False: it is none.
/// Lifetime: the document refers to the text.
[[nodiscard]] bool parse_object(JsonDocument& document, std::string_view text);

}  // namespace serval::detail
