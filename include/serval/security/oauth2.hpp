// SPDX-License-Identifier: MIT
// OAuth 2.0 (RFC 6749): schemes that tell clients, and the docs page, where they get a token, and that read it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include <serval/openapi/part.hpp>
#include <serval/security/security_scheme.hpp>

namespace serval {

/// Scopes and their descriptions: `{{"items", "Read items"}}`.
using OAuth2Scopes = std::map<std::string, std::string>;

/// The options of `OAuth2PasswordBearer`.
struct OAuth2PasswordOptions {
  /// The URL at which clients get a token for user and password, relative to the document: "token". Required.
  std::string token_url{};
  /// The URL at which they refresh it. Default: none.
  std::string refresh_url{};
  /// The scopes that clients can ask for.
  OAuth2Scopes scopes{};
  /// The name of the scheme in the document.
  std::string scheme_name = "OAuth2PasswordBearer";
  /// The description of the scheme in the document. Default: none.
  std::string description{};
  /// The response to a request without the credential, or with one that is malformed: `HttpError(403, "Not
  /// authenticated")`. Default: 401 with `www-authenticate`.
  std::optional<HttpError> refusal{};
};

/// The options of `OAuth2ClientCredentialsBearer`.
struct OAuth2ClientCredentialsOptions {
  /// The URL at which clients get a token for their id and secret. Required.
  std::string token_url{};
  /// The URL at which they refresh it. Default: none.
  std::string refresh_url{};
  /// The scopes that clients can ask for.
  OAuth2Scopes scopes{};
  /// The name of the scheme in the document.
  std::string scheme_name = "OAuth2ClientCredentialsBearer";
  /// The description of the scheme in the document. Default: none.
  std::string description{};
  /// The response to a request without the credential, or with one that is malformed: `HttpError(403, "Not
  /// authenticated")`. Default: 401 with `www-authenticate`.
  std::optional<HttpError> refusal{};
};

/// The options of `OAuth2AuthorizationCodeBearer`.
struct OAuth2AuthorizationCodeOptions {
  /// The URL at which the user permits the access. Required.
  std::string authorization_url{};
  /// The URL at which the client gets a token for the code. Required.
  std::string token_url{};
  /// The URL at which it refreshes the token. Default: none.
  std::string refresh_url{};
  /// The scopes that clients can ask for.
  OAuth2Scopes scopes{};
  /// The name of the scheme in the document.
  std::string scheme_name = "OAuth2AuthorizationCodeBearer";
  /// The description of the scheme in the document. Default: none.
  std::string description{};
  /// The response to a request without the credential, or with one that is malformed: `HttpError(403, "Not
  /// authenticated")`. Default: 401 with `www-authenticate`.
  std::optional<HttpError> refusal{};
};

/// The options of `OAuth2ImplicitBearer`.
struct OAuth2ImplicitOptions {
  /// The URL at which the user permits the access and the client gets the token. Required.
  std::string authorization_url{};
  /// The URL at which it refreshes the token. Default: none.
  std::string refresh_url{};
  /// The scopes that clients can ask for.
  OAuth2Scopes scopes{};
  /// The name of the scheme in the document.
  std::string scheme_name = "OAuth2ImplicitBearer";
  /// The description of the scheme in the document. Default: none.
  std::string description{};
  /// The response to a request without the credential, or with one that is malformed: `HttpError(403, "Not
  /// authenticated")`. Default: 401 with `www-authenticate`.
  std::optional<HttpError> refusal{};
};

/// The options of `OAuth2`.
struct OAuth2Options {
  /// The OAuth Flows Object: `{{"password", {{"tokenUrl", "token"}, {"scopes", json::object()}}}}`. Default: no flow.
  openapi::Part flows{};
  /// The name of the scheme in the document.
  std::string scheme_name = "OAuth2";
  /// The description of the scheme in the document. Default: none.
  std::string description{};
  /// The response to a request without the credential, or with one that is malformed: `HttpError(403, "Not
  /// authenticated")`. Default: 401 with `www-authenticate`.
  std::optional<HttpError> refusal{};
};

namespace detail {

/// The schemes of OAuth 2.0 whose credential is the token of `authorization: Bearer <token>`.
class OAuth2BearerScheme : public SecurityScheme<OAuth2BearerScheme> {
 public:
  /// The token; it may be empty.
  [[nodiscard]] std::optional<std::string> read(const Request& request) const;
  [[nodiscard]] HttpError refusal() const;
  [[nodiscard]] openapi::SecurityRequirement security() const;

 protected:
  OAuth2BearerScheme(std::string name, std::string description, std::optional<HttpError> refusal, openapi::Part flows);

 private:
  std::string name_;
  std::string description_;
  std::optional<HttpError> refusal_;
  openapi::Part flows_;
};

}  // namespace detail

/// A bearer token that clients get for user and password, usually from a route that takes `Form<OAuth2PasswordForm>`:
/// `const OAuth2PasswordBearer oauth2({.token_url = "token"});`, `Depends<&oauth2>` is the token, a `std::string`.
/// "Authorize" of the docs page asks for user and password. Without a token the response is 401 with `www-authenticate:
/// Bearer`; whether it is valid is for you to check. Errors of the constructor: `SetupError` if a required URL is
/// missing.
class OAuth2PasswordBearer : public detail::OAuth2BearerScheme {
 public:
  explicit OAuth2PasswordBearer(const OAuth2PasswordOptions& options);
};

/// A bearer token that programs get for their own id and secret, otherwise like `OAuth2PasswordBearer`.
class OAuth2ClientCredentialsBearer : public detail::OAuth2BearerScheme {
 public:
  explicit OAuth2ClientCredentialsBearer(const OAuth2ClientCredentialsOptions& options);
};

/// A bearer token that clients get from another server, at which the user logs in, otherwise like
/// `OAuth2PasswordBearer`.
class OAuth2AuthorizationCodeBearer : public detail::OAuth2BearerScheme {
 public:
  explicit OAuth2AuthorizationCodeBearer(const OAuth2AuthorizationCodeOptions& options);
};

/// A bearer token from the redirect after a login, otherwise like `OAuth2PasswordBearer`. RFC 9700 section 2.1.2
/// advises against this flow; it exists for servers that offer no other.
class OAuth2ImplicitBearer : public detail::OAuth2BearerScheme {
 public:
  explicit OAuth2ImplicitBearer(const OAuth2ImplicitOptions& options);
};

/// Any flows of OAuth 2.0. `Depends<&oauth2>` is the whole `authorization` field, a `std::string`. Without it the
/// response is 401 with `www-authenticate: Bearer`.
class OAuth2 : public SecurityScheme<OAuth2> {
 public:
  explicit OAuth2(OAuth2Options options = {});
  [[nodiscard]] std::optional<std::string> read(const Request& request) const;
  [[nodiscard]] HttpError refusal() const;
  [[nodiscard]] openapi::SecurityRequirement security() const;

 private:
  OAuth2Options options_;
};

}  // namespace serval
