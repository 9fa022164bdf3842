// SPDX-License-Identifier: MIT
// Hashes of passwords that other programs have made. They are only verified.
#pragma once

#include <string>
#include <string_view>

#include "auth/hash_match.hpp"

namespace serval::detail {

/// Whether the hash is of a format that `match_old_hash` reads.
[[nodiscard]] bool is_old_hash(std::string_view stored) noexcept;

/// Whether a password belongs to a hash of one of these forms, base64 and base64 with '.' instead of '+' unpadded:
///
///     $pbkdf2-sha256$rounds$salt$hash         passlib; also $pbkdf2$ (SHA-1) and $pbkdf2-sha512$
///     pbkdf2_sha256$rounds$salt$hash          Django; the salt is a text; also pbkdf2_sha1
///     pbkdf2:sha256:rounds$salt$hash          Werkzeug; the salt is a text, the hash hexadecimal; also sha1, sha512
///     $scrypt$ln=16,r=8,p=1$salt$hash         passlib
///     scrypt:32768:8:1$salt$hash              Werkzeug; the salt is a text, the hash hexadecimal
///     $2b$12$..., $y$..., $7$..., $6$..., $5$...    crypt(5)
///
/// Not computed: a malformed hash; one that would take more than 1 GiB or 10 million rounds, or that `match_crypt`
/// refuses; a password with a zero byte.
[[nodiscard]] HashMatch match_old_hash(const std::string& password, const std::string& stored);

}  // namespace serval::detail
