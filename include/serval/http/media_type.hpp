// SPDX-License-Identifier: MIT
// Media types and content negotiation (RFC 9110 sections 8.3 and 12.5.1). No I/O.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval {

/// "application/json; charset=utf-8" in its parts, type and parameter names lower-cased.
struct MediaType {
  std::string type;     ///< "application"
  std::string subtype;  ///< "json", "problem+json"
  std::vector<std::pair<std::string, std::string>> parameters;  ///< values unquoted

  [[nodiscard]] static std::optional<MediaType> parse(std::string_view text);
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const noexcept;
};

/// Whether a content type denotes JSON: `application/json` or `application/*+json`, whatever its case and parameters.
/// Allocates nothing: it stands on the way of every body.
[[nodiscard]] bool is_json_media_type(std::string_view content_type) noexcept;

/// The best of `offered` by an Accept field (quality, then specificity, then order); an absent or empty field
/// takes the first. Nothing when none is acceptable.
[[nodiscard]] std::optional<std::string_view> negotiate(std::string_view accept, std::span<const std::string_view> offered);

}  // namespace serval
