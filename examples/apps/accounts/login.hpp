// SPDX-License-Identifier: MIT
// The check of a password, for both kinds of login.
#pragma once

#include <serval/auth.hpp>
#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include <string>

#include "account_store.hpp"

namespace accounts {

/// What a login needs: `Depends<login>`.
struct Login {
  AccountStore& accounts;
  const serval::Passwords& passwords;
  serval::RateLimiter& attempts;
  serval::Response& response;
};

[[nodiscard]] Login login(serval::State<AccountStore> accounts, serval::State<serval::Passwords> passwords,
                          serval::State<serval::RateLimiter> attempts, serval::Response& response);

/// Errors: HttpError 401 if it is not the password of the user, 429 after too many attempts.
[[nodiscard]] serval::Task<void> check_password(std::string username, std::string password, const Login& login);

}  // namespace accounts
