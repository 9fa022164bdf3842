// SPDX-License-Identifier: MIT
#include <serval/auth/refresh_tokens.hpp>

#include <sodium.h>

#include <array>
#include <utility>

#include <serval/auth/random_token.hpp>
#include <serval/base/error.hpp>
#include <serval/base/task.hpp>
#include <serval/http/unavailable.hpp>

#include "auth/base64url.hpp"
#include "auth/bytes.hpp"
#include "auth/sodium.hpp"

namespace serval {

namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_characters = 43;
constexpr std::size_t family_bytes = 16;
constexpr int most_tries = 16;

static_assert(crypto_auth_hmacsha256_BYTES == token_bytes && crypto_auth_hmacsha256_KEYBYTES == token_bytes);

std::string text_of(const std::array<unsigned char, token_bytes>& bytes) {
  return detail::base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// The SHA-256 of a token's bytes, under which the store has it; nothing for a text that is no token.
std::optional<std::string> hash_of(const std::string& token) {
  std::string bytes;
  if (token.size() != token_characters || !detail::decode_base64url(token, bytes)) return std::nullopt;
  std::array<unsigned char, token_bytes> hash{};
  crypto_hash_sha256(hash.data(), detail::bytes_of(bytes), bytes.size());
  return text_of(hash);
}

/// The token that follows `token`. Who knows only one of both arguments cannot compute it.
/// REQUIRES: both are 32 bytes as base64url.
std::string successor_of(const std::string& token, const std::string& secret) {
  std::string bytes;
  std::string key;
  if (!detail::decode_base64url(token, bytes) || !detail::decode_base64url(secret, key) || key.size() != token_bytes)
    return {};
  std::array<unsigned char, token_bytes> successor{};
  crypto_auth_hmacsha256(successor.data(), detail::bytes_of(bytes), bytes.size(), detail::bytes_of(key));
  return text_of(successor);
}

void check(const RefreshTokenOptions& options) {
  if (options.lifetime < std::chrono::seconds(1) || options.lifetime > std::chrono::hours(24 * 3660)) {
    throw SetupError("RefreshTokens: .lifetime is from 1 s to 10 years: .lifetime = std::chrono::hours(24 * 30)", {});
  }
  if (options.grace < std::chrono::seconds(0) || options.grace >= options.lifetime) {
    throw SetupError("RefreshTokens: .grace is from 0 to less than .lifetime: .grace = std::chrono::seconds(10)", {});
  }
  if (options.name.empty() || options.name.size() > 64) {
    throw SetupError("RefreshTokens: .name has 1 to 64 bytes: .name = \"refresh_token\"", {});
  }
}

}  // namespace

/// What the store has for a token: "family successor subject"; the successor's hash is "-" until the token is used.
struct RefreshTokens::Record {
  std::string family;
  std::string successor;
  std::string subject;

  [[nodiscard]] bool is_used() const noexcept { return successor != "-"; }
  [[nodiscard]] std::string text() const { return family + ' ' + successor + ' ' + subject; }
  /// Nothing for a value that is no record.
  static std::optional<Record> read(const std::string& text) {
    const std::size_t first = text.find(' ');
    const std::size_t second = first == std::string::npos ? first : text.find(' ', first + 1);
    if (second == std::string::npos) return std::nullopt;
    return Record{text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
  }
};

RefreshTokens::RefreshTokens(Store& store, RefreshTokenOptions options) : store_(&store), options_(std::move(options)) {
  check(options_);
  detail::start_sodium();
}

std::string RefreshTokens::key(std::string_view kind, std::string_view id) const {
  return options_.name + std::string(kind) + std::string(id);
}

Task<bool> RefreshTokens::add(std::string hash, std::string family, std::string subject) const {
  const Record record{std::move(family), "-", std::move(subject)};
  co_return co_await store_->add(key(":", hash), record.text(), options_.lifetime);
}

Task<std::string> RefreshTokens::issue(std::string subject) const {
  std::string family = random_token(family_bytes);
  std::string token = random_token(token_bytes);
  co_await store_->set(key(":family:", family), "live", options_.lifetime);
  static_cast<void>(co_await add(*hash_of(token), std::move(family), std::move(subject)));
  co_return token;
}

/// The secret from which the successor of a token is computed; the store forgets it after the grace period, so that the
/// successor cannot be computed any more. Nothing if that has happened to the secret of a token that is used.
Task<std::optional<std::string>> RefreshTokens::secret_of(std::string hash, bool is_used) const {
  std::string in_store = key(":secret:", hash);
  const bool is_kept = options_.grace.count() != 0;
  if (!is_used) {
    std::string fresh = random_token(token_bytes);
    bool is_first = true;
    if (is_kept) is_first = co_await store_->add(in_store, fresh, options_.grace);
    if (is_first) co_return fresh;
  }
  if (!is_kept) co_return std::nullopt;
  co_return co_await store_->get(std::move(in_store));
}

Task<std::optional<UsedRefreshToken>> RefreshTokens::use(std::string token) const {
  const std::optional<std::string> hash = hash_of(token);
  if (!hash) co_return std::nullopt;
  for (int tries = 0; tries < most_tries; ++tries) {
    std::optional<std::string> found = co_await store_->get(key(":", *hash));
    std::optional<Record> record = found ? Record::read(*found) : std::nullopt;
    if (!record) co_return std::nullopt;
    // Also extends the time of the family, unless it was revoked.
    if (!co_await store_->compare_and_set(key(":family:", record->family), "live", "live", options_.lifetime))
      co_return std::nullopt;
    const std::optional<std::string> secret = co_await secret_of(*hash, record->is_used());
    if (!secret && !record->is_used()) continue;  // another request has used the token long ago, since it was read
    if (!secret) {
      const bool was_live = co_await store_->erase(key(":family:", record->family));
      if (was_live && options_.on_reuse) options_.on_reuse(record->subject);
      co_return std::nullopt;
    }
    UsedRefreshToken used{successor_of(token, *secret), record->subject};
    std::optional<std::string> next = hash_of(used.token);
    if (!next) co_return std::nullopt;  // the secret is not a value of this class
    if (record->is_used()) {
      if (*next != record->successor) co_return std::nullopt;
      co_return used;
    }
    // The successor first: if this process ends between both steps, the client can use its token again.
    static_cast<void>(co_await add(*next, record->family, record->subject));
    record->successor = *next;
    if (co_await store_->compare_and_set(key(":", *hash), std::move(*found), record->text(), options_.lifetime))
      co_return used;
  }
  throw Unavailable();
}

Task<bool> RefreshTokens::revoke(std::string token) const {
  const std::optional<std::string> hash = hash_of(token);
  if (!hash) co_return false;
  const std::optional<std::string> found = co_await store_->get(key(":", *hash));
  const std::optional<Record> record = found ? Record::read(*found) : std::nullopt;
  if (!record) co_return false;
  co_return co_await store_->erase(key(":family:", record->family));
}

}  // namespace serval
