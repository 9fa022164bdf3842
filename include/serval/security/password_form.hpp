// SPDX-License-Identifier: MIT
// The form with which clients request a token for user and password (RFC 6749 section 4.3.2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <serval/schema/field.hpp>
#include <serval/schema/rule.hpp>

namespace serval {

/// The form of a token request for user and password, as `Form<OAuth2PasswordForm>`:
/// ```
/// app.post("/token")([](Form<OAuth2PasswordForm> form, State<Users> users) -> Token { ... });
/// ```
/// The response is a JSON object with `access_token` and `token_type` ("bearer").
struct OAuth2PasswordForm {
  /// "password". RFC 6749 requires it, but many clients leave it out; `OAuth2PasswordFormStrict` requires it.
  Field<std::optional<std::string>, pattern("^password$")> grant_type;
  /// The name of the user.
  std::string username;
  /// The password of the user.
  Field<std::string, schema::json_schema_extra(R"({"format":"password"})")> password;
  /// The requested scopes with spaces between them, see `scopes()`.
  Default<std::string> scope;
  /// The id of the client program, if it has one; usually sent by HTTP Basic.
  std::optional<std::string> client_id;
  /// The secret of the client program.
  Field<std::optional<std::string>, schema::json_schema_extra(R"({"format":"password"})")> client_secret;

  /// Returns the scopes of `scope`.
  [[nodiscard]] std::vector<std::string> scopes() const;
};

// It repeats the members, since a member of a base cannot become required.
/// `OAuth2PasswordForm` of clients that must send `grant_type=password`.
struct OAuth2PasswordFormStrict {
  /// "password".
  Field<std::string, pattern("^password$")> grant_type;
  /// The name of the user.
  std::string username;
  /// The password of the user.
  Field<std::string, schema::json_schema_extra(R"({"format":"password"})")> password;
  /// The requested scopes with spaces between them, see `scopes()`.
  Default<std::string> scope;
  /// The id of the client program.
  std::optional<std::string> client_id;
  /// The secret of the client program.
  Field<std::optional<std::string>, schema::json_schema_extra(R"({"format":"password"})")> client_secret;

  /// Returns the scopes of `scope`.
  [[nodiscard]] std::vector<std::string> scopes() const;
};

}  // namespace serval
