// SPDX-License-Identifier: MIT
#include <serval/middleware/csrf.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/http/headers.hpp>
#include <serval/http/http_error.hpp>

#include "http/web_socket_upgrade.hpp"
#include "middleware/origin.hpp"

namespace serval {

namespace {

bool is_listed(const std::vector<std::string>& list, std::string_view element) {
  return std::find(list.begin(), list.end(), element) != list.end();
}

/// A browser sends the cookies of a user with the handshake of a WebSocket to any host, and lets the page read what
/// comes (RFC 6455 section 10.2).
bool is_safe(const Request& request) {
  const http::Method method = request.method();
  if (method == http::Method::get) return !detail::has_web_socket_upgrade(request.headers());
  return method == http::Method::head || method == http::Method::options;
}

/// Whether each field says that no other site has caused the request. A browser sends one.
bool is_own(const std::vector<std::string_view>& sites) {
  return std::all_of(sites.begin(), sites.end(),
                     [](std::string_view site) { return site == "same-origin" || site == "none"; });
}

bool is_own_origin(const Request& request, std::string_view origin) {
  // Somebody in the network may have made the page that came without encryption.
  if (request.scheme() == "https" && !http::iequals(origin.substr(0, 8), "https://")) return false;
  return detail::is_origin_of(origin, request.host());
}

}  // namespace

Csrf::Csrf(CsrfOptions options) : options_(std::move(options)) {
  for (std::string& origin : options_.trusted_origins) {
    auto normal = detail::normal_origin(origin);
    if (!normal) {
      throw SetupError("Csrf: '" + origin +
                           "' in trusted_origins is no origin: write scheme and host, and the port if it is not the "
                           "usual one, as in \"https://app.example:8443\"",
                       {});
    }
    origin = *std::move(normal);
  }
  for (const std::string& path : options_.exempt_paths) {
    if (!path.starts_with('/') || path.find_first_of("?#{}*") != std::string::npos) {
      throw SetupError("Csrf: '" + path +
                           "' in exempt_paths must be a whole path, which begins with '/', without query, parameters "
                           "and '*'",
                       {});
    }
  }
}

void Csrf::before(Request& request) const {
  if (is_safe(request) || passes(request)) return;
  throw HttpError(403, "Cross-site request refused");
}

bool Csrf::passes(const Request& request) const {
  const std::vector<std::string_view> sites = request.headers().get_all("sec-fetch-site");
  if (!sites.empty() && is_own(sites)) return true;
  const std::vector<std::string_view> origins = request.headers().get_all("origin");
  if (sites.empty() && origins.empty()) return true;
  if (origins.size() == 1) {
    if (sites.empty() && is_own_origin(request, origins.front())) return true;
    const auto origin = detail::normal_origin(origins.front());
    if (origin && is_listed(options_.trusted_origins, *origin)) return true;
  }
  return is_listed(options_.exempt_paths, request.raw_path());
}

}  // namespace serval
