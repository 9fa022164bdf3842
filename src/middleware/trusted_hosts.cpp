// SPDX-License-Identifier: MIT
#include <serval/middleware/trusted_hosts.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/http/target.hpp>

#include "base/ascii.hpp"
#include "middleware/path_and_query.hpp"

namespace serval {

namespace {

/// A host or an IPv6 address in brackets, without a port.
bool is_host_without_port(std::string_view text) {
  const auto parts = http::split_host(text);
  return parts && parts->host.size() == text.size() && !text.starts_with('.') && text.find('*') == text.npos;
}

}  // namespace

TrustedHosts::TrustedHosts(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {
  if (patterns_.empty()) throw SetupError("TrustedHosts needs a host: TrustedHosts({\"shop.example\"})", {});
  for (std::string& pattern : patterns_) {
    if (pattern != "*" &&
        !is_host_without_port(pattern.starts_with("*.") ? std::string_view(pattern).substr(2) : pattern)) {
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
  const auto parts = http::split_host(request.host());
  const std::string host = parts ? detail::lowered(parts->host) : std::string();
  if (allows(host)) return std::nullopt;
  if (!host.empty() && std::find(patterns_.begin(), patterns_.end(), "www." + host) != patterns_.end()) {
    // Without a scheme: that of the client counts, which a proxy may hide.
    return redirect("//www." + std::string(request.host()) + detail::path_and_query(request));
  }
  return plain_text("Invalid host header", 400);
}

}  // namespace serval
