// SPDX-License-Identifier: MIT
// OpenID Connect Discovery 1.0: a scheme that tells clients where the configuration of the login is.
#pragma once

#include <optional>
#include <string>

#include <serval/security/security_scheme.hpp>

namespace serval {

/// The options of `OpenIdConnect`.
struct OpenIdConnectOptions {
  /// The URL of the provider's configuration: "https://id.example/.well-known/openid-configuration". Required.
  std::string open_id_connect_url{};
  /// The name of the scheme in the document.
  std::string scheme_name = "OpenIdConnect";
  /// The description of the scheme in the document. Default: none.
  std::string description{};
  /// The response to a request without the credential, or with one that is malformed: `HttpError(403, "Not
  /// authenticated")`. Default: 401 with `www-authenticate`.
  std::optional<HttpError> refusal{};
};

/// `Depends<&scheme>` is the whole `authorization` field, a `std::string`. Without it the response is 401 with
/// `www-authenticate: Bearer`; whether it is valid is for you to check. Errors of the constructor: `SetupError` if the
/// URL is missing.
class OpenIdConnect : public SecurityScheme<OpenIdConnect> {
 public:
  explicit OpenIdConnect(OpenIdConnectOptions options);
  [[nodiscard]] std::optional<std::string> read(const Request& request) const;
  [[nodiscard]] HttpError refusal() const;
  [[nodiscard]] openapi::SecurityRequirement security() const;

 private:
  OpenIdConnectOptions options_;
};

}  // namespace serval
