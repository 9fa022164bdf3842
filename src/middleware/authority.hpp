// SPDX-License-Identifier: MIT
// The parts of a request's URL from which redirects are made.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <serval/http/request.hpp>

namespace serval::detail {

/// The parts of an authority (RFC 3986 section 3.2): "shop.example:8000" has "shop.example" and "8000", "[::1]" has
/// "[::1]" and "".
struct HostAndPort {
  std::string_view host;
  std::string_view port;
};

[[nodiscard]] constexpr HostAndPort split_authority(std::string_view authority) noexcept {
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) return {authority, {}};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

/// The path with the prefix under which the application is mounted, and the query, as received. A target without a
/// path, as in "OPTIONS *", has the path "/".
[[nodiscard]] inline std::string path_and_query(const Request& request) {
  const std::string_view path = request.raw_path();
  std::string text(request.root_path());
  text += path.starts_with('/') ? path : "/";
  if (!request.query_string().empty()) text.append("?").append(request.query_string());
  return text;
}

}  // namespace serval::detail
