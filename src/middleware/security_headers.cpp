// SPDX-License-Identifier: MIT
#include <serval/middleware/security_headers.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/http/media_type.hpp>

#include "base/ascii.hpp"

namespace serval {

SecurityHeaders::SecurityHeaders(SecurityHeadersOptions options) : options_(std::move(options)) {
  for (const auto* value :
       {&options_.content_type_options, &options_.referrer_policy, &options_.frame_options, &options_.opener_policy,
        &options_.resource_policy, &options_.json_content_security_policy}) {
    if (std::any_of(value->begin(), value->end(), detail::is_control)) {
      throw SetupError("SecurityHeaders: '" + *value + "' contains a control character", {});
    }
  }
}

void SecurityHeaders::after(const Request&, Response& response) {
  http::Headers& fields = response.headers();
  const auto add = [&fields](std::string_view name, std::string_view value) {
    if (!value.empty() && !fields.contains(name)) fields.set(name, value);
  };
  add("x-content-type-options", options_.content_type_options);
  add("referrer-policy", options_.referrer_policy);
  add("x-frame-options", options_.frame_options);
  add("cross-origin-opener-policy", options_.opener_policy);
  add("cross-origin-resource-policy", options_.resource_policy);
  if (http::is_json_media_type(response.content_type())) {
    add("content-security-policy", options_.json_content_security_policy);
  }
}

}  // namespace serval
