// SPDX-License-Identifier: MIT
#include <serval/middleware/security_headers.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/http/media_type.hpp>

#include "base/ascii.hpp"

namespace serval {

namespace {

/// Errors: SetupError.
std::string hsts_value(const HstsOptions& options) {
  constexpr std::chrono::seconds year = std::chrono::hours(24) * 365;
  if (options.max_age.count() < 0) throw SetupError("SecurityHeaders: hsts.max_age is negative; write 0 s or more", {});
  if (options.preload && (!options.include_subdomains || options.max_age < year)) {
    throw SetupError(
        "SecurityHeaders: hsts.preload needs include_subdomains and a max_age of a year: "
        "{.max_age = 31536000s, .include_subdomains = true, .preload = true}",
        {});
  }
  return "max-age=" + std::to_string(options.max_age.count()) +
         (options.include_subdomains ? "; includeSubDomains" : "") + (options.preload ? "; preload" : "");
}

}  // namespace

SecurityHeaders::SecurityHeaders(SecurityHeadersOptions options) : options_(std::move(options)) {
  for (const auto* value :
       {&options_.content_type_options, &options_.referrer_policy, &options_.frame_options, &options_.opener_policy,
        &options_.resource_policy, &options_.json_content_security_policy}) {
    if (std::any_of(value->begin(), value->end(), detail::is_control)) {
      throw SetupError("SecurityHeaders: '" + *value + "' contains a control character", {});
    }
  }
  if (options_.hsts) hsts_ = hsts_value(*options_.hsts);
}

void SecurityHeaders::after(const Request& request, Response& response) {
  http::Headers& fields = response.headers();
  const auto add = [&fields](std::string_view name, std::string_view value) {
    if (!value.empty() && !fields.contains(name)) fields.add(name, value);
  };
  add("x-content-type-options", options_.content_type_options);
  add("referrer-policy", options_.referrer_policy);
  add("x-frame-options", options_.frame_options);
  add("cross-origin-opener-policy", options_.opener_policy);
  add("cross-origin-resource-policy", options_.resource_policy);
  // RFC 6797 section 7.2: not over http.
  if (request.scheme() == "https") add("strict-transport-security", hsts_);
  if (http::is_json_media_type(response.content_type())) {
    add("content-security-policy", options_.json_content_security_policy);
  }
}

}  // namespace serval
