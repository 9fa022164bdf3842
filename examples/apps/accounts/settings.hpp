// SPDX-License-Identifier: MIT
// What can be set without a change of the code: ACCOUNTS_ADMINS='["ann"]', ACCOUNTS_HTTPS=yes, ...
#pragma once

#include <serval/serval.hpp>
#include <serval/types.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace accounts {

struct Settings {
  /// The users who may list all accounts.
  serval::Default<std::vector<std::string>> admins;
  /// Whether browsers reach the service over https. If not, their cookies are sent over http, too.
  serval::Default<bool> https = false;
  /// The secret that signs tokens, at least 32 random bytes. Default: a new one at each start.
  std::optional<serval::Secret<std::string>> jwt_key{};
  /// Where logins and refused requests are recorded. Default: standard error.
  serval::Default<std::string> audit_file{};
  /// The logins of a user within a minute, right or wrong.
  serval::Field<serval::Default<int>, serval::ge(1)> logins_per_minute = 10;
};

constexpr std::chrono::minutes access_token_lifetime{15};

}  // namespace accounts
