// SPDX-License-Identifier: MIT
#include "login.hpp"

#include <optional>
#include <utility>

using namespace serval;

namespace accounts {

Login login(State<AccountStore> accounts, State<Passwords> passwords, State<RateLimiter> attempts,
            State<AuditLog> audit, const Request& request, Response& response) {
  return {.accounts = *accounts,
          .passwords = *passwords,
          .attempts = *attempts,
          .audit = *audit,
          .request = request,
          .response = response};
}

Task<Account> check_password(std::string username, std::string password, const Login& login) {
  login.attempts.require(username, login.response);
  std::optional<Account> account = co_await login.accounts.find(username);
  std::optional<std::string> stored;  // nothing: there is no such user, which takes as long
  if (account) stored = account->password_hash;
  const PasswordCheck check = co_await login.passwords.verify(std::move(password), stored);
  login.record("login", username, check.ok ? AuditOutcome::success : AuditOutcome::failure);
  if (!check.ok) throw HttpError(401, "Incorrect username or password", {{"www-authenticate", "Bearer"}});
  if (check.new_hash) co_await login.accounts.replace_hash(username, *stored, *check.new_hash);
  co_return *std::move(account);
}

}  // namespace accounts
