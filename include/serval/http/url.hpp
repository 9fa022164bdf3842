// SPDX-License-Identifier: MIT
// Percent-encoding (RFC 3986) and the UTF-8 behind it; with target.hpp and query_params.hpp all of a URL. No I/O.
#pragma once

#include <string>
#include <string_view>

#include <serval/http/query_params.hpp>
#include <serval/http/target.hpp>

namespace serval::http {

/// Decodes %XX; an invalid or truncated escape stays as written. `+` is left alone.
[[nodiscard]] std::string percent_decode(std::string_view text);
/// As `percent_decode`, with `+` read as space: the form of query strings and urlencoded bodies.
[[nodiscard]] std::string form_decode(std::string_view text);
/// Encodes every byte but the unreserved ones of RFC 3986 section 2.3 and those in `keep`.
[[nodiscard]] std::string percent_encode(std::string_view text, std::string_view keep = {});
/// Makes a `location` value out of any text: what is legal in a URL stays, escapes included; the rest is encoded.
[[nodiscard]] std::string encode_location(std::string_view url);

/// Replaces each ill-formed UTF-8 sequence by U+FFFD; the well-formed text comes back unchanged.
[[nodiscard]] std::string replace_invalid_utf8(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

}  // namespace serval::http
