// SPDX-License-Identifier: MIT
// The storage of the accounts. It is independent of HTTP: a database implements the same interface.
#pragma once

#include <serval/task.hpp>

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "model.hpp"

namespace accounts {

/// Each call is one atomic change. Thread safety: all of it.
class AccountStore {
 public:
  AccountStore() = default;
  AccountStore(const AccountStore&) = delete;
  AccountStore& operator=(const AccountStore&) = delete;
  virtual ~AccountStore() = default;

  /// Returns false, and changes nothing, if the name or the e-mail address is in use.
  virtual serval::Task<bool> add(Account account) = 0;
  virtual serval::Task<std::optional<Account>> find(std::string username) = 0;
  virtual serval::Task<std::vector<User>> list() = 0;
  /// Stores another hash of the same password. Returns false, and changes nothing, if the account no longer has the old
  /// one.
  virtual serval::Task<bool> replace_hash(std::string username, std::string old_hash, std::string new_hash) = 0;
  /// The same for the hash of another password, which gets the next version.
  virtual serval::Task<bool> change_password(std::string username, std::string old_hash, std::string new_hash) = 0;
};

/// Accounts in the memory of the process.
class MemoryAccounts final : public AccountStore {
 public:
  serval::Task<bool> add(Account account) override;
  serval::Task<std::optional<Account>> find(std::string username) override;
  serval::Task<std::vector<User>> list() override;
  serval::Task<bool> replace_hash(std::string username, std::string old_hash, std::string new_hash) override;
  serval::Task<bool> change_password(std::string username, std::string old_hash, std::string new_hash) override;

 private:
  bool replace(const std::string& username, const std::string& old_hash, std::string new_hash, int versions);

  std::mutex mutex_;  // guards all members below
  std::map<std::string, Account> accounts_;
};

}  // namespace accounts
