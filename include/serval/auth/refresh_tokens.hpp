// SPDX-License-Identifier: MIT
// Refresh tokens: long-lived random texts, each of which a client exchanges once for new tokens.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <serval/base/task.hpp>
#include <serval/store/store.hpp>

namespace serval {

/// The options of `RefreshTokens`.
struct RefreshTokenOptions {
  /// How long a token can be used after it was issued. Default 30 days; from 1 s to 10 years.
  std::chrono::seconds lifetime = std::chrono::hours(24 * 30);
  /// How long the same token may be used again, for clients that send several requests at once or did not receive the
  /// response. Default 10 s; 0: not at all; less than `lifetime`.
  std::chrono::seconds grace = std::chrono::seconds(10);
  /// The beginning of the keys in the store, which tells several `RefreshTokens` apart. Default "refresh_token"; 1 to
  /// 64 bytes.
  std::string name = "refresh_token";
  /// Called with the subject when a token was used again after the grace period, once for each family; it must not
  /// throw. Default: nothing is called.
  std::function<void(std::string_view subject)> on_reuse{};
};

/// The result of `RefreshTokens::use`.
struct UsedRefreshToken {
  std::string token;    ///< the next token of the client
  std::string subject;  ///< for whom it was issued
};

/// Refresh tokens as RFC 9700 section 4.14 advises for public clients: a token is used once and replaced by a
/// successor; all successors of a token are its family. `app.provide(RefreshTokens(store, {.lifetime =
/// std::chrono::hours(24)}))`.
/// ```
/// const std::string token = co_await tokens->issue("ann");                  // at login
/// const std::optional<UsedRefreshToken> used = co_await tokens->use(sent);  // for the next access token
/// if (!used) throw HttpError(401, "invalid_grant");
/// ```
/// A token that was used is accepted again for the grace period, and then gives the same successor: two tabs that
/// refresh at once stay logged in. If it is used again later, someone has stolen it or its successor, and the whole
/// family is revoked.
///
/// A token is 32 random bytes as 43 characters of base64url. The store has only its SHA-256, so that nobody who reads
/// the store can use it. All time limits are those of the store, which must not evict: a value that gets lost logs its
/// user out. Several processes may share the store.
///
/// Errors of the constructor: SetupError for options out of range; of the coroutines: those of the store. Lifetime: the
/// store outlives it, and it outlives the coroutines that it returned. Thread safety: all functions.
class RefreshTokens {
 public:
  explicit RefreshTokens(Store& store, RefreshTokenOptions options = {});

  /// A new token, the first one of a family. `subject` is what `use` returns: the name or id of the user.
  [[nodiscard]] detail::Task<std::string> issue(std::string subject) const;
  /// Exchanges a token for its successor. Nothing if it is unknown, expired, revoked, or used again after the grace
  /// period, which revokes its family.
  [[nodiscard]] detail::Task<std::optional<UsedRefreshToken>> use(std::string token) const;
  /// Revokes the family of a token, at logout; returns whether it was valid until then.
  [[nodiscard]] detail::Task<bool> revoke(std::string token) const;

 private:
  struct Record;
  [[nodiscard]] detail::Task<bool> add(std::string hash, std::string family, std::string subject) const;
  [[nodiscard]] detail::Task<std::optional<std::string>> secret_of(std::string hash, bool is_used) const;
  [[nodiscard]] std::string key(std::string_view kind, std::string_view id) const;

  Store* store_;
  RefreshTokenOptions options_;
};

}  // namespace serval
