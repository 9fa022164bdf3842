// SPDX-License-Identifier: MIT
#include <serval/middleware/https_redirect.hpp>

#include <string>
#include <string_view>

#include <serval/base/error.hpp>
#include <serval/http/target.hpp>

#include "http/web_socket_upgrade.hpp"
#include "middleware/path_and_query.hpp"

namespace serval {

namespace {

constexpr std::uint16_t https_port = 443;

/// The host and port for https, for a request to this host.
std::string secure_authority(const http::HostParts& parts, std::optional<std::uint16_t> port) {
  std::string authority(parts.host);
  if (port) {
    if (*port != https_port) authority.append(":").append(std::to_string(*port));
  } else if (!parts.port.empty() && parts.port != "80" && parts.port != "443") {
    authority.append(":").append(parts.port);
  }
  return authority;
}

}  // namespace

HttpsRedirect::HttpsRedirect(HttpsRedirectOptions options) : options_(options) {
  if (options_.port == 0) throw SetupError("HttpsRedirect: port is 0; write the port of https, such as 443", {});
}

std::optional<Response> HttpsRedirect::before(Request& request) {
  if (request.scheme() == "https") return std::nullopt;
  const auto parts = http::split_host(request.host());
  if (!parts) return plain_text("Invalid host header", 400);  // there is no URL to go to
  const bool is_web_socket = detail::has_web_socket_upgrade(request.headers());
  return redirect((is_web_socket ? "wss://" : "https://") + secure_authority(*parts, options_.port) +
                  detail::path_and_query(request));
}

}  // namespace serval
