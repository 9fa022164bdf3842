// SPDX-License-Identifier: MIT
#include "account_store.hpp"

#include <algorithm>
#include <utility>

using serval::Task;

namespace accounts {

Task<bool> MemoryAccounts::add(Account account) {
  const std::scoped_lock lock(mutex_);
  const bool has_email =
      std::ranges::any_of(accounts_, [&](const auto& entry) { return entry.second.user.email == account.user.email; });
  if (has_email) co_return false;
  std::string name = account.user.username;
  co_return accounts_.try_emplace(std::move(name), std::move(account)).second;
}

Task<std::optional<Account>> MemoryAccounts::find(std::string username) {
  const std::scoped_lock lock(mutex_);
  const auto found = accounts_.find(username);
  if (found == accounts_.end()) co_return std::nullopt;
  co_return found->second;
}

Task<std::vector<User>> MemoryAccounts::list() {
  const std::scoped_lock lock(mutex_);
  std::vector<User> users;
  for (const auto& [name, account] : accounts_) users.push_back(account.user);
  co_return users;
}

bool MemoryAccounts::replace(const std::string& username, const std::string& old_hash, std::string new_hash,
                             int versions) {
  const std::scoped_lock lock(mutex_);
  const auto found = accounts_.find(username);
  if (found == accounts_.end() || found->second.password_hash != old_hash) return false;
  found->second.password_hash = std::move(new_hash);
  found->second.password_version += versions;
  return true;
}

Task<bool> MemoryAccounts::replace_hash(std::string username, std::string old_hash, std::string new_hash) {
  co_return replace(username, old_hash, std::move(new_hash), 0);
}

Task<bool> MemoryAccounts::change_password(std::string username, std::string old_hash, std::string new_hash) {
  co_return replace(username, old_hash, std::move(new_hash), 1);
}

}  // namespace accounts
