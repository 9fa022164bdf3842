// SPDX-License-Identifier: MIT
// Percent-encoding (RFC 3986) and repair of UTF-8; target.hpp and query_params.hpp have the other parts of a URL. No
// I/O.
#pragma once

#include <string>
#include <string_view>

#include <serval/http/query_params.hpp>
#include <serval/http/target.hpp>

namespace serval::http {

/// Decodes %XX; an invalid or truncated escape is unchanged, as is `+`.
[[nodiscard]] std::string percent_decode(std::string_view text);
/// As `percent_decode`, with `+` read as space: the form of query strings and urlencoded bodies.
[[nodiscard]] std::string form_decode(std::string_view text);
/// Encodes every byte except the unreserved ones of RFC 3986 section 2.3 and those in `keep`.
[[nodiscard]] std::string percent_encode(std::string_view text, std::string_view keep = {});
/// Makes a `location` value from any text: characters that are legal in a URL are kept, including escapes; the rest is
/// encoded.
[[nodiscard]] std::string encode_location(std::string_view url);

/// Replaces each ill-formed UTF-8 sequence by U+FFFD; well-formed text is unchanged.
[[nodiscard]] std::string replace_invalid_utf8(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

}  // namespace serval::http
