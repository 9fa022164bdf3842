// SPDX-License-Identifier: MIT
#include <serval/security/open_id_connect.hpp>

#include <utility>

#include "security/scheme_parts.hpp"

namespace serval {

OpenIdConnect::OpenIdConnect(OpenIdConnectOptions options) : options_(std::move(options)) {
  detail::require_option(options_.open_id_connect_url, "OpenIdConnect", "open_id_connect_url");
}
std::optional<std::string> OpenIdConnect::read(const Request& request) const {
  const auto field = detail::only_field(request, "authorization", *this);
  if (!field) return std::nullopt;
  return std::string(*field);
}
HttpError OpenIdConnect::refusal() const { return detail::not_authenticated(options_.refusal, "Bearer"); }
openapi::SecurityRequirement OpenIdConnect::security() const {
  return detail::scheme_object(options_.scheme_name,
                               {{"type", "openIdConnect"}, {"openIdConnectUrl", options_.open_id_connect_url}},
                               options_.description);
}

}  // namespace serval
