// SPDX-License-Identifier: MIT
#include <serval/task.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "account_store.hpp"
#include "identity.hpp"
#include "login.hpp"
#include "routes.hpp"

using namespace serval;

namespace accounts {

namespace {

Task<User> register_user(Registration sent, State<AccountStore> accounts, State<Passwords> passwords) {
  const User user{.username = sent.username, .email = sent.email};
  std::string hash = co_await passwords->hash(sent.password->reveal());
  Account account{.user = user, .password_hash = std::move(hash)};
  const bool is_new = co_await accounts->add(std::move(account));
  if (!is_new) throw HttpError(409, "The username or the e-mail address is in use");
  co_return user;
}

Task<Account> account_of(std::string username, AccountStore& accounts) {
  std::optional<Account> account = co_await accounts.find(username);
  if (!account) throw HttpError(404, "The account no longer exists");
  co_return *std::move(account);
}

Task<User> read_me(Depends<current_user> user, State<AccountStore> accounts) {
  const Account account = co_await account_of(user->sub, *accounts);
  co_return account.user;
}

/// Ends all logins with the old password, but for the session of this request.
Task<void> change_password(Depends<current_user> user, PasswordChange sent, Depends<login> login,
                           Session<Visit>& visit) {
  login->attempts.require(user->sub, login->response);
  const Account account = co_await account_of(user->sub, login->accounts);
  const PasswordCheck check = co_await login->passwords.verify(sent.old_password.reveal(), account.password_hash);
  login->record("password_change", user->sub, check.ok ? AuditOutcome::success : AuditOutcome::failure);
  if (!check.ok) throw HttpError(403, "The old password is not right");
  std::string hash = co_await login->passwords.hash(sent.new_password->reveal());
  const bool is_changed = co_await login->accounts.change_password(user->sub, account.password_hash, std::move(hash));
  if (!is_changed) throw HttpError(409, "The password was changed by another request");
  if (visit->username.value() != user->sub) co_return;
  visit.renew();
  visit->password_version = account.password_version + 1;
}

Task<std::vector<User>> list_users(State<AccountStore> accounts) { co_return co_await accounts->list(); }

}  // namespace

Router user_routes() {
  Router router({.tags = {"users"}});
  router.post<register_user>("/register", {.status_code = 201});
  router.get<read_me>("/users/me");
  router.put<change_password>("/users/me/password", {.status_code = 204});
  router.get<list_users>("/users", {.dependencies = {secured<jwt<Claims, &oauth2>, "accounts">}});
  return router;
}

}  // namespace accounts
