// SPDX-License-Identifier: MIT
// A field value with parameters, as form clients write it: `form-data; name="a"; filename="b.txt"`. More lenient than
// RFC 9110 section 5.6.6, which `http::MediaType` follows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::detail {

/// The value before the first ';' and the parameters after it, with names in lower case.
struct HeaderParameters {
  std::string value;
  std::vector<std::pair<std::string, std::string>> parameters;

  /// A parameter is quoted, or extends to the next ';'. In quotes `\"` and `\\` are escapes as in RFC 2183, and any
  /// other backslash is literal, as browsers write it; if an escaped quote would leave the text without its end, all
  /// backslashes are literal. Nothing for a malformed text, and for a name that occurs twice.
  [[nodiscard]] static std::optional<HeaderParameters> parse(std::string_view text);
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
};

/// `UTF-8''na%C3%AFve`, RFC 8187 section 3.2.1. Nothing for another charset, a malformed value, and ill-formed UTF-8.
[[nodiscard]] std::optional<std::string> decode_extended_value(std::string_view text);

}  // namespace serval::detail
