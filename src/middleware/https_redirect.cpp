// SPDX-License-Identifier: MIT
#include <serval/middleware/https_redirect.hpp>

#include <string>

#include "middleware/authority.hpp"

namespace serval {

std::optional<Response> HttpsRedirect::before(Request& request) {
  if (request.scheme() == "https") return std::nullopt;
  const auto [host, port] = detail::split_authority(request.host());
  if (host.empty()) return plain_text("Invalid host header", 400);  // there is no URL to go to
  const bool keeps_port = !port.empty() && port != "80" && port != "443";
  return redirect("https://" + std::string(keeps_port ? request.host() : host) + detail::path_and_query(request));
}

}  // namespace serval
