// SPDX-License-Identifier: MIT
#include <serval/task.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "identity.hpp"
#include "login.hpp"
#include "routes.hpp"

using namespace serval;

namespace accounts {

namespace {

/// Whom a refresh token is for.
std::string subject_of(const Account& account) {
  return account.user.username + " " + std::to_string(account.password_version);
}

Task<Tokens> tokens_for(std::string username, std::string refresh_token, const Jwt<Claims>& jwt,
                        const Settings& settings) {
  const Claims claims{.sub = username, .scope = scopes_of(username, settings)};
  const JwtIssueOptions options{.lifetime = access_token_lifetime};
  std::string access_token = co_await jwt.issue_async(claims, options);
  const std::chrono::seconds lifetime = access_token_lifetime;
  co_return Tokens{.access_token = std::move(access_token),
                   .expires_in = static_cast<int>(lifetime.count()),
                   .refresh_token = std::move(refresh_token)};
}

Task<Tokens> log_in_program(Form<OAuth2PasswordForm> form, Depends<login> login, State<RefreshTokens> refresh,
                            State<Jwt<Claims>> jwt, State<Settings> settings) {
  const Account account = co_await check_password(form.username, form.password.value(), *login);
  std::string refresh_token = co_await refresh->issue(subject_of(account));
  co_return co_await tokens_for(account.user.username, std::move(refresh_token), *jwt, *settings);
}

Task<Tokens> refresh_tokens(RefreshToken sent, State<RefreshTokens> refresh, State<AccountStore> accounts,
                            State<Jwt<Claims>> jwt, State<Settings> settings) {
  const HttpError refusal(401, "The refresh token is not valid");
  std::optional<UsedRefreshToken> used = co_await refresh->use(sent.refresh_token.reveal());
  if (!used) throw refusal;
  std::string username = used->subject.substr(0, used->subject.find(' '));
  const std::optional<Account> account = co_await accounts->find(username);
  const bool has_password_of_login = account && subject_of(*account) == used->subject;
  if (!has_password_of_login) {
    co_await refresh->revoke(used->token);
    throw refusal;
  }
  co_return co_await tokens_for(std::move(username), std::move(used->token), *jwt, *settings);
}

Task<void> revoke_token(RefreshToken sent, State<RefreshTokens> refresh) {
  co_await refresh->revoke(sent.refresh_token.reveal());  // a token that is not valid needs no error (RFC 7009)
}

}  // namespace

Router token_routes() {
  Router router({.prefix = "/token", .tags = {"login"}});
  router.post<log_in_program>("");
  router.post<refresh_tokens>("/refresh");
  router.post<revoke_token>("/revoke", {.status_code = 204});
  return router;
}

}  // namespace accounts
