// SPDX-License-Identifier: MIT
#include "identity.hpp"

#include <algorithm>
#include <optional>

using namespace serval;

namespace accounts {

std::string scopes_of(const std::string& username, const Settings& settings) {
  const bool is_admin = std::ranges::find(settings.admins.value(), username) != settings.admins.value().end();
  return is_admin ? "accounts" : "";
}

Task<Claims> session_user(const SecurityScopes& required, Depends<&session_cookie> /*cookie*/,
                          const Session<Visit>& visit, State<AccountStore> accounts, State<Settings> settings) {
  if (visit->username.value().empty()) throw HttpError(401, "Not logged in");
  const std::optional<Account> account = co_await accounts->find(visit->username);
  if (!account || account->password_version != visit->password_version) throw HttpError(401, "Not logged in");
  Claims user{.sub = visit->username, .scope = scopes_of(visit->username, *settings)};
  const bool has_all =
      std::ranges::all_of(required.scopes, [&](const std::string& scope) { return scope == user.scope.value(); });
  if (!has_all) throw HttpError(403, "Not enough permissions");
  co_return user;
}

}  // namespace accounts
