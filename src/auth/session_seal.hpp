// SPDX-License-Identifier: MIT
// Sealed cookies: a session that the client keeps and can neither read nor change.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/auth/secret_key.hpp>

#include "auth/session_record.hpp"

namespace serval::detail {

/// The value of a cookie is base64url of: the version, 1 byte; the number of the key, 1 byte; the nonce, 24 bytes; the
/// record, encrypted by XChaCha20-Poly1305 with the name of the cookie as associated data. Thread safety: all of it.
class SessionSeal {
 public:
  /// The most characters of a value. Browsers keep 4096 bytes of a cookie with its name and attributes.
  static constexpr std::size_t max_chars = 3800;

  /// The first key seals, all open. REQUIRES: at least one.
  SessionSeal(const std::vector<SecretKey>& keys, std::string cookie_name);

  /// Errors: std::length_error if it is longer than `max_chars`.
  [[nodiscard]] std::string seal(const SessionRecord& record) const;
  /// Nothing unless one of the keys has sealed exactly this value for a cookie of this name.
  [[nodiscard]] std::optional<SessionRecord> open(std::string_view value) const;

 private:
  struct Key {
    unsigned char number;  // derived from the key, so that it stays the same when keys are added and removed
    SecretKey key;         // derived, 32 bytes
  };
  std::vector<Key> keys_;
  std::string cookie_name_;
};

}  // namespace serval::detail
