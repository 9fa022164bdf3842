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

/// The parts of "application/json; charset=utf-8"; type and parameter names are in lower case.
struct MediaType {
  std::string type;                                             ///< "application"
  std::string subtype;                                          ///< "json", "problem+json"
  std::vector<std::pair<std::string, std::string>> parameters;  ///< values unquoted

  /// Nothing for a text that is not a media type (RFC 9110 section 8.3.1) or has malformed parameters.
  [[nodiscard]] static std::optional<MediaType> parse(std::string_view text);
  /// The first parameter of that name, compared case-insensitively.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const noexcept;
};

/// Whether a content type denotes JSON: `application/json` or `application/*+json`, in any case and with any
/// parameters. It allocates nothing, since it is called for every body.
[[nodiscard]] bool is_json_media_type(std::string_view content_type) noexcept;

/// The best of `offered` for an Accept field: by quality, then by how specific the matching range is, then by the order
/// of `offered`. If Accept has no well-formed range, the result is the first. A charset in a range is ignored. Nothing
/// if none is acceptable. REQUIRES: `offered` contains media types. The result refers to one of them.
[[nodiscard]] std::optional<std::string_view> negotiate(std::string_view accept,
                                                        std::span<const std::string_view> offered);

}  // namespace serval::http
