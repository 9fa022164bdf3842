// SPDX-License-Identifier: MIT
// The schemes of the `authorization` field: Basic (RFC 7617), Bearer (RFC 6750) and Digest (RFC 7616). A request with
// several of these fields is refused, since another server on its way may have checked another one.
#pragma once

#include <optional>
#include <string>

#include <serval/security/security_scheme.hpp>

namespace serval {

/// The user and password of `HttpBasic`.
struct HttpBasicCredentials {
  std::string username;  ///< the text before the first colon
  std::string password;  ///< the text after it
};

/// The two parts of an `authorization` field.
struct HttpAuthorizationCredentials {
  std::string scheme;       ///< as sent: "Bearer"
  std::string credentials;  ///< the rest, without spaces around it
};

/// The options of `HttpBasic`.
struct HttpBasicOptions {
  /// The realm that browsers show when they ask for the password. Default: none is sent.
  std::string realm{};
  /// The name of the scheme in the document.
  std::string scheme_name = "HTTPBasic";
  /// The description of the scheme in the document. Default: none.
  std::string description{};
  /// The response to a request without the credential, or with one that is malformed: `HttpError(403, "Not
  /// authenticated")`. Default: 401 with `www-authenticate`.
  std::optional<HttpError> refusal{};
};

/// User and password: `const HttpBasic basic({.realm = "shop"});`, `Depends<&basic>` is `HttpBasicCredentials`. Compare
/// them by `constant_time_equal`. Without them, and if they are malformed, the response is 401 with `www-authenticate:
/// Basic realm="shop"`. They must be UTF-8 without control characters. Errors of the constructor: `SetupError` if the
/// realm contains a control character.
class HttpBasic : public SecurityScheme<HttpBasic> {
 public:
  explicit HttpBasic(HttpBasicOptions options = {});
  /// Errors: `refusal()` if the field has this scheme and is malformed.
  [[nodiscard]] std::optional<HttpBasicCredentials> read(const Request& request) const;
  [[nodiscard]] HttpError refusal() const;
  [[nodiscard]] openapi::SecurityRequirement security() const;

 private:
  HttpBasicOptions options_;
  std::string challenge_;  // the value of `www-authenticate`
};

/// The options of `HttpBearer`.
struct HttpBearerOptions {
  /// A hint for readers of the document how tokens are formatted: "JWT". Default: none.
  std::string bearer_format{};
  /// The name of the scheme in the document.
  std::string scheme_name = "HTTPBearer";
  /// The description of the scheme in the document. Default: none.
  std::string description{};
  /// The response to a request without the credential, or with one that is malformed: `HttpError(403, "Not
  /// authenticated")`. Default: 401 with `www-authenticate`.
  std::optional<HttpError> refusal{};
};

/// A bearer token: `const HttpBearer bearer;`, `Depends<&bearer>` is `HttpAuthorizationCredentials`. Without a token
/// the response is 401 with `www-authenticate: Bearer`. Whether the token is valid is for you to check.
class HttpBearer : public SecurityScheme<HttpBearer> {
 public:
  explicit HttpBearer(HttpBearerOptions options = {});
  [[nodiscard]] std::optional<HttpAuthorizationCredentials> read(const Request& request) const;
  [[nodiscard]] HttpError refusal() const;
  [[nodiscard]] openapi::SecurityRequirement security() const;

 private:
  HttpBearerOptions options_;
};

/// The options of `HttpDigest`.
struct HttpDigestOptions {
  /// The name of the scheme in the document.
  std::string scheme_name = "HTTPDigest";
  /// The description of the scheme in the document. Default: none.
  std::string description{};
  /// The response to a request without the credential, or with one that is malformed: `HttpError(403, "Not
  /// authenticated")`. Default: 401 with `www-authenticate`.
  std::optional<HttpError> refusal{};
};

/// The parameters of Digest authentication as text: `Depends<&digest>` is `HttpAuthorizationCredentials`. Without them
/// the response is 401 with `www-authenticate: Digest`; nothing is computed.
class HttpDigest : public SecurityScheme<HttpDigest> {
 public:
  explicit HttpDigest(HttpDigestOptions options = {});
  [[nodiscard]] std::optional<HttpAuthorizationCredentials> read(const Request& request) const;
  [[nodiscard]] HttpError refusal() const;
  [[nodiscard]] openapi::SecurityRequirement security() const;

 private:
  HttpDigestOptions options_;
};

}  // namespace serval
