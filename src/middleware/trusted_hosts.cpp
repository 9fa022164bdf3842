// SPDX-License-Identifier: MIT
#include <serval/middleware/trusted_hosts.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>

#include "base/ascii.hpp"
#include "middleware/authority.hpp"

namespace serval {

TrustedHosts::TrustedHosts(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {
  if (patterns_.empty()) throw SetupError("TrustedHosts needs a host: TrustedHosts({\"shop.example\"})", {});
  for (std::string& pattern : patterns_) {
    const std::size_t star = pattern.rfind('*');
    if (star != std::string::npos && pattern != "*" && (star != 0 || !pattern.starts_with("*."))) {
      throw SetupError("TrustedHosts: '" + pattern + "' must be a host, \"*.\" before a host, or \"*\"", {});
    }
    pattern = detail::lowered(pattern);
  }
}

bool TrustedHosts::allows(const std::string& host) const {
  return std::any_of(patterns_.begin(), patterns_.end(), [&](std::string_view pattern) {
    if (pattern == "*" || pattern == host) return true;
    return pattern.starts_with('*') && host.size() >= pattern.size() && host.ends_with(pattern.substr(1));
  });
}

std::optional<Response> TrustedHosts::before(Request& request) {
  const std::string host = detail::lowered(detail::split_authority(request.host()).host);
  if (!host.empty() && allows(host)) return std::nullopt;
  const std::string www = "www." + host;
  if (!host.empty() && std::find(patterns_.begin(), patterns_.end(), www) != patterns_.end()) {
    return redirect(std::string(request.scheme()) + "://www." + std::string(request.host()) +
                    detail::path_and_query(request));
  }
  return plain_text("Invalid host header", 400);
}

}  // namespace serval
