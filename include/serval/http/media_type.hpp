// SPDX-License-Identifier: MIT
// Media types and content negotiation (RFC 9110 sections 8.3 and 12.5.1). No I/O.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::http {

/// "application/json; charset=utf-8" in its parts, type and parameter names lower-cased.
struct MediaType {
  std::string type;                                             ///< "application"
  std::string subtype;                                          ///< "json", "problem+json"
  std::vector<std::pair<std::string, std::string>> parameters;  ///< values unquoted

  /// Nothing for a text that is no media type (RFC 9110 section 8.3.1), or whose parameters are malformed.
  [[nodiscard]] static std::optional<MediaType> parse(std::string_view text);
  /// The first parameter of that name, whatever its case.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const noexcept;
};

/// Whether a content type denotes JSON: `application/json` or `application/*+json`, whatever its case and parameters.
/// Allocates nothing: it stands on the way of every body.
[[nodiscard]] bool is_json_media_type(std::string_view content_type) noexcept;

/// The best of `offered` by an Accept field: by quality, then by how specific the range is that admits it, then by the
/// order of `offered`. An Accept without any well-formed range takes the first. A charset in a range is no condition.
/// Nothing when none is acceptable. REQUIRES: `offered` holds media types. The answer views one of them.
[[nodiscard]] std::optional<std::string_view> negotiate(std::string_view accept,
                                                        std::span<const std::string_view> offered);

}  // namespace serval::http
