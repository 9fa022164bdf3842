// SPDX-License-Identifier: MIT
// API keys in a header field, a query parameter or a cookie.
#pragma once

#include <optional>
#include <string>

#include <serval/security/security_scheme.hpp>

namespace serval {

/// The options of `ApiKeyHeader`, `ApiKeyQuery` and `ApiKeyCookie`.
struct ApiKeyOptions {
  /// The name of the header field, the query parameter or the cookie. Required.
  std::string name{};
  /// The name of the scheme in the document. Default: that of the class, as in FastAPI: "APIKeyHeader".
  std::string scheme_name{};
  /// The description of the scheme in the document. Default: none.
  std::string description{};
  /// The response to a request without the credential, or with one that is malformed: `HttpError(403, "Not
  /// authenticated")`. Default: 401 with `www-authenticate`.
  std::optional<HttpError> refusal{};
};

/// A key in a header field: `const ApiKeyHeader api_key({.name = "x-api-key"});`, `Depends<&api_key>` is a
/// `std::string`. Without the field, if it is empty, or if there are several, the response is 401 with
/// `www-authenticate: APIKey`. Errors of the constructor: `SetupError` if the name cannot be that of a field.
class ApiKeyHeader : public SecurityScheme<ApiKeyHeader> {
 public:
  explicit ApiKeyHeader(ApiKeyOptions options);
  [[nodiscard]] std::optional<std::string> read(const Request& request) const;
  [[nodiscard]] HttpError refusal() const;
  [[nodiscard]] openapi::SecurityRequirement security() const;

 private:
  ApiKeyOptions options_;
};

/// A key in a query parameter, otherwise like `ApiKeyHeader`. Proxies and browsers write queries to logs and histories,
/// so prefer a header field.
class ApiKeyQuery : public SecurityScheme<ApiKeyQuery> {
 public:
  explicit ApiKeyQuery(ApiKeyOptions options);
  [[nodiscard]] std::optional<std::string> read(const Request& request) const;
  [[nodiscard]] HttpError refusal() const;
  [[nodiscard]] openapi::SecurityRequirement security() const;

 private:
  ApiKeyOptions options_;
};

/// A key in a cookie, otherwise like `ApiKeyHeader`. Browsers also send cookies with requests that other sites cause.
class ApiKeyCookie : public SecurityScheme<ApiKeyCookie> {
 public:
  explicit ApiKeyCookie(ApiKeyOptions options);
  [[nodiscard]] std::optional<std::string> read(const Request& request) const;
  [[nodiscard]] HttpError refusal() const;
  [[nodiscard]] openapi::SecurityRequirement security() const;

 private:
  ApiKeyOptions options_;
};

}  // namespace serval
