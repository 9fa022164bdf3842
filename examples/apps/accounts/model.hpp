// SPDX-License-Identifier: MIT
// The models of an account: on the wire, in the store, in tokens and in sessions.
#pragma once

#include <serval/serval.hpp>
#include <serval/types.hpp>

#include <string>

namespace accounts {

using UserName = serval::Field<std::string, serval::pattern("^[a-z][a-z0-9_]{2,39}$")>;
using NewPassword = serval::Field<serval::Secret<std::string>, serval::min_length(8), serval::max_length(1024)>;

struct Registration {
  UserName username;
  serval::Email email;
  NewPassword password;
};

/// What a client sees of an account.
struct User {
  std::string username;
  serval::Email email;
};

/// What the store keeps of it.
struct Account {
  User user;
  std::string password_hash;
  int password_version = 1;  ///< logins with an earlier password are over
};

struct Credentials {
  std::string username;
  serval::Secret<std::string> password;
};

struct PasswordChange {
  serval::Secret<std::string> old_password;
  NewPassword new_password;
};

/// The response to a login of a program, as OAuth2 has it (RFC 6749 section 5.1).
struct Tokens {
  std::string access_token;
  std::string token_type = "bearer";
  int expires_in = 0;  ///< seconds
  std::string refresh_token;
};

struct RefreshToken {
  serval::Secret<std::string> refresh_token;
};

/// The claims of an access token.
struct Claims {
  std::string sub;
  serval::Default<std::string> scope;
};

/// The session of a browser. It has no user before the login.
struct Visit {
  serval::Default<std::string> username;
  serval::Default<int> password_version;
};

}  // namespace accounts
