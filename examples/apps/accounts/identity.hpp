// SPDX-License-Identifier: MIT
// Who sends a request: a program with an access token, or a browser with a session.
#pragma once

#include <serval/auth.hpp>
#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include <optional>
#include <string>

#include "account_store.hpp"
#include "model.hpp"
#include "settings.hpp"

namespace accounts {

inline const serval::OAuth2PasswordBearer oauth2({.token_url = "token",
                                                  .scopes = {{"accounts", "List all accounts"}},
                                                  .description = "For programs"});
inline const serval::ApiKeyCookie session_cookie({.name = "session", .description = "For browsers, see /login"});

/// The scopes of a user, with blanks between them.
[[nodiscard]] std::string scopes_of(const std::string& username, const Settings& settings);

/// The user of a session as the claims of a token. Errors: HttpError 401 without a login or if the password has changed
/// since, 403 if a scope is missing.
[[nodiscard]] serval::Task<Claims> session_user(const serval::SecurityScopes& required,
                                                serval::Depends<&session_cookie> cookie,
                                                const serval::Session<Visit>& visit,
                                                serval::State<AccountStore> accounts, serval::State<Settings> settings);

/// `Depends<current_user>`, or with scopes `Security<current_user, "accounts">`.
inline constexpr auto current_user = serval::any_of<serval::jwt<Claims, &oauth2>, session_user>;

}  // namespace accounts
