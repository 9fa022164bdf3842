// SPDX-License-Identifier: MIT
// Header fields that switch on protections of browsers.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <serval/handler/middleware.hpp>

namespace serval {

/// The field `strict-transport-security` (RFC 6797).
struct HstsOptions {
  /// How long browsers use only https for this host, 0 s or more. Default: 180 days; 0: they forget that they must.
  std::chrono::seconds max_age = std::chrono::hours(24) * 180;
  /// Whether it also holds for all hosts below this one.
  bool include_subdomains = false;
  /// Whether browsers may have the host in the list that they come with. The list takes a host only with
  /// `include_subdomains` and a `max_age` of a year or more, and leaving it takes months.
  bool preload = false;
};

/// The options of `SecurityHeaders`. An empty text: the field is not sent.
struct SecurityHeadersOptions {
  /// `x-content-type-options`: browsers do not guess another content type.
  std::string content_type_options = "nosniff";
  /// `referrer-policy`: pages do not tell other sites where a link was.
  std::string referrer_policy = "no-referrer";
  /// `x-frame-options`: other pages cannot show this one in a frame, which protects from clicks on hidden buttons.
  std::string frame_options = "DENY";
  /// `cross-origin-opener-policy`: windows of other sites get no access to this one.
  std::string opener_policy = "same-origin";
  /// `cross-origin-resource-policy`: pages of other origins cannot embed the response. CORS is not affected.
  std::string resource_policy = "same-origin";
  /// `content-security-policy` of JSON responses: a browser that shows one as a page loads and runs nothing.
  std::string json_content_security_policy = "default-src 'none'; frame-ancestors 'none'";
  /// `strict-transport-security`, only on https: browsers do not use http any more. Behind a proxy that speaks https
  /// with the clients, use `ForwardedHeaders`, too. `std::nullopt`: not sent.
  std::optional<HstsOptions> hsts = HstsOptions{};
};

/// `app.use(SecurityHeaders());`: adds the fields to every response that does not have them, also to errors and files,
/// but not to refusals of `TrustedHosts`, which is outside of it. The docs pages keep their opener, which a login in
/// another window needs. Errors of the constructor: `SetupError` for a control character, a negative `max_age`, and
/// `preload` without what it needs.
class SecurityHeaders {
 public:
  static constexpr Stage stage = Stage::security_headers;

  explicit SecurityHeaders(SecurityHeadersOptions options = {});

  void after(const Request& request, Response& response);

 private:
  SecurityHeadersOptions options_;
  std::string hsts_;  // the value; empty: not sent
};

}  // namespace serval
