// SPDX-License-Identifier: MIT
#include <serval/middleware/trusted_hosts.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>

#include "base/ascii.hpp"
#include "middleware/authority.hpp"

namespace serval {

namespace {

/// A host or an IPv6 address in brackets, without a port.
bool is_host(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) return host.size() > 2;
  return !host.empty() && !host.starts_with('.') && host.find_first_of(":/@*[] ") == std::string_view::npos;
}

}  // namespace

TrustedHosts::TrustedHosts(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {
  if (patterns_.empty()) throw SetupError("TrustedHosts needs a host: TrustedHosts({\"shop.example\"})", {});
  for (std::string& pattern : patterns_) {
    if (pattern != "*" && !is_host(pattern.starts_with("*.") ? std::string_view(pattern).substr(2) : pattern)) {
      throw SetupError("TrustedHosts: '" + pattern + "' must be a host without port, \"*.\" before a host, or \"*\"",
                       {});
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
  if (allows(host)) return std::nullopt;
  if (std::find(patterns_.begin(), patterns_.end(), "www." + host) != patterns_.end()) {
    // Without a scheme: that of the client counts, which a proxy may hide.
    return redirect("//www." + std::string(request.host()) + detail::path_and_query(request));
  }
  return plain_text("Invalid host header", 400);
}

}  // namespace serval
