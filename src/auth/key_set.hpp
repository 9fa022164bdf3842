// SPDX-License-Identifier: MIT
// The keys of a `Jwt`, and which of them a token uses.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/json/json.hpp>

#include "auth/jwt_key.hpp"

namespace serval::detail {

/// One key and for which tokens it is.
struct KeyEntry {
  std::unique_ptr<JwtKey> key;
  std::optional<std::string> id;          ///< `kid`
  std::optional<JwtAlgorithm> algorithm;  ///< `alg`: the only one for which it may be used

  [[nodiscard]] bool fits(JwtAlgorithm wanted) const noexcept {
    return key->fits(wanted) && (!algorithm || *algorithm == wanted);
  }
};

/// A JSON Web Key (RFC 7517, RFC 7518 section 6, RFC 8037 section 2). Nothing if it is not for verifying signatures, is
/// of a kind or for an algorithm that is not known here, or is a secret, which does not belong into a set of public
/// keys. Only its public half is read. Errors: std::invalid_argument with the reason if it is malformed or weak.
[[nodiscard]] std::optional<KeyEntry> read_jwk(const json& jwk);

/// Keys that do not change. Thread safety: all of it.
class KeySet {
 public:
  static constexpr std::size_t max_keys = 100;
  static constexpr std::size_t max_bytes = 256 * 1024;

  /// One key. With an id it is for tokens that have the same `kid` or none, without an id for all.
  explicit KeySet(KeyEntry entry);
  /// A JSON Web Key Set. Errors: std::invalid_argument with the reason, also if no key can be used.
  explicit KeySet(std::string_view jwks);

  /// The key of a token. With `key_id` it is the key of that id that fits the algorithm, and no other; otherwise the
  /// only key that fits. Null: there is none, or several fit, and nothing says which.
  [[nodiscard]] const JwtKey* find(JwtAlgorithm algorithm, const std::optional<std::string>& key_id) const noexcept;
  /// Whether one of the keys fits.
  [[nodiscard]] bool fits(JwtAlgorithm algorithm) const noexcept;
  /// The key of the constructor with one key.
  [[nodiscard]] const KeyEntry& only() const noexcept { return entries_.front(); }

 private:
  std::vector<KeyEntry> entries_;
  bool is_set_;
};

}  // namespace serval::detail
