// SPDX-License-Identifier: MIT
// Passwords of users: hashes that are slow to guess, computed on a pool of their own.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <serval/base/task.hpp>

namespace serval {

/// The options of `Passwords`.
struct PasswordOptions {
  /// The memory of one computation in bytes: argon2id's m. Default 19 MiB, as OWASP recommends with two passes; at
  /// least 7 MiB, at most 4 GiB; 0 is an error.
  std::size_t memory = 19 * 1024 * 1024;
  /// The passes over the memory: argon2id's t. Default 2; 0 is an error.
  unsigned passes = 2;
  /// The largest number of threads, and so of computations at once. Default 0; 0: half as many as the machine has
  /// processors, at least one.
  std::size_t threads = 0;
  /// The number of computations that may wait for a thread; others are answered with 503. Default 64; 0: none may wait.
  std::size_t queue = 64;
};

/// The result of `Passwords::verify`.
struct PasswordCheck {
  /// Whether it is the password.
  bool ok = false;
  /// A new hash, to be stored instead of the old one, if that was made by another algorithm or with other options.
  /// Store it only if the stored hash is still the one that was checked: the password may have been changed meanwhile.
  std::optional<std::string> new_hash{};
};

/// Hashes passwords with argon2id (RFC 9106): `const Passwords passwords;`
/// ```
/// user.hash = co_await passwords.hash(form.password);
/// const std::optional<std::string> stored = database.hash_of(form.username);  // nothing: there is no such user
/// const PasswordCheck check = co_await passwords.verify(form.password, stored);
/// if (!check.ok) throw HttpError(401, "Incorrect username or password");
/// if (check.new_hash) database.replace_hash(form.username, *stored, *check.new_hash);
/// ```
/// A hash is a text with algorithm, options and salt: "$argon2id$v=19$m=19456,t=2,p=1$...". `verify` also takes hashes
/// of other programs: argon2i, and both with several lanes; scrypt and PBKDF2 as written by passlib, Werkzeug and, for
/// PBKDF2, Django; and those of `crypt`: bcrypt, yescrypt, scrypt, SHA-512, SHA-256. All of them are replaced at login.
/// The costs of a hash have limits, beyond which it is no match: 1 GiB, or `memory` if that is more; for argon2 passes
/// over 4 GiB, or `memory` times `passes`; for bcrypt 16; for PBKDF2 and SHA 10 million rounds.
///
/// A password has 1 to 1024 bytes and is never cut: bcrypt, which reads only 72, accepts no longer one.
/// Errors: HttpError 422 for a password of another length; Unavailable, a 503, if too many wait or there is not enough
/// memory. The functions for
/// blocking handlers compute in the thread that calls them. Errors of the constructor: SetupError for options out of
/// range. Lifetime: it outlives the coroutines that it returned. Thread safety: all functions.
class Passwords {
 public:
  explicit Passwords(PasswordOptions options = {});
  Passwords(Passwords&& other) noexcept;
  Passwords& operator=(Passwords&& other) noexcept;
  Passwords(const Passwords&) = delete;
  Passwords& operator=(const Passwords&) = delete;
  ~Passwords();

  /// A new hash, with a random salt.
  [[nodiscard]] detail::Task<std::string> hash(std::string password) const;
  /// Compares a password with a hash. Without a hash, for a user who does not exist, it takes as long as with a hash of
  /// these options, so that nobody learns from the time who exists. So it does with a hash that is no match at once:
  /// one that cannot be read or costs too much. Other hashes take as long as they cost.
  [[nodiscard]] detail::Task<PasswordCheck> verify(std::string password, std::optional<std::string> stored) const;

  /// The same for blocking handlers.
  [[nodiscard]] std::string hash_blocking(std::string_view password) const;
  /// The same for blocking handlers.
  [[nodiscard]] PasswordCheck verify_blocking(std::string_view password,
                                              const std::optional<std::string>& stored) const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace serval
