// SPDX-License-Identifier: MIT
// The check of a password, for both kinds of login.
#pragma once

#include <serval/auth.hpp>
#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include <string>
#include <string_view>

#include "account_store.hpp"

namespace accounts {

/// What a login needs: `Depends<login>`.
struct Login {
  AccountStore& accounts;
  const serval::Passwords& passwords;
  serval::RateLimiter& attempts;
  const serval::AuditLog& audit;
  const serval::Request& request;
  serval::Response& response;

  /// Records how something with the password of a user has ended: "login" or "password_change".
  void record(std::string_view event, const std::string& username, serval::AuditOutcome outcome) const {
    audit.record(request, event, {.actor = username, .outcome = outcome});
  }
};

[[nodiscard]] Login login(serval::State<AccountStore> accounts, serval::State<serval::Passwords> passwords,
                          serval::State<serval::RateLimiter> attempts, serval::State<serval::AuditLog> audit,
                          const serval::Request& request, serval::Response& response);

/// The account with this password. Errors: HttpError 401 if there is none, 429 after too many attempts.
[[nodiscard]] serval::Task<Account> check_password(std::string username, std::string password, const Login& login);

}  // namespace accounts
