// SPDX-License-Identifier: MIT
#include "middleware/origin.hpp"

#include <serval/http/target.hpp>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::detail {

namespace {

constexpr CharSet scheme_chars = CharSet(alphanumerics).add("+-.");

/// "80" for http, "443" for https.
std::string_view usual_port(std::string_view scheme) {
  if (scheme == "http") return "80";
  return scheme == "https" ? "443" : "";
}

}  // namespace

std::optional<std::string> normal_origin(std::string_view text) {
  const std::string origin = lowered(text);
  const std::size_t end = origin.find("://");
  if (end == std::string::npos || end == 0) return std::nullopt;
  const std::string_view scheme = std::string_view(origin).substr(0, end);
  if (!scheme_chars.contains_all(scheme)) return std::nullopt;
  const auto parts = http::split_host(std::string_view(origin).substr(end + 3));
  if (!parts || parts->host.empty() || parts->host.find('*') != std::string_view::npos) return std::nullopt;
  std::string normal(scheme);
  normal.append("://").append(parts->host);
  if (!parts->port.empty() && parts->port != usual_port(scheme)) normal.append(":").append(parts->port);
  return normal;
}

bool is_origin_of(std::string_view origin, std::string_view host) {
  const auto known = normal_origin(origin);
  if (!known || host.empty()) return false;
  const std::string scheme = known->substr(0, known->find("://"));
  return !usual_port(scheme).empty() && known == normal_origin(scheme + "://" + std::string(host));
}

}  // namespace serval::detail
