// SPDX-License-Identifier: MIT
// Hashes of passwords that crypt(5) describes.
#pragma once

#include <string>
#include <string_view>

#include "auth/hash_match.hpp"

namespace serval::detail {

/// Whether the hash is bcrypt, yescrypt, scrypt, SHA-512 or SHA-256 of crypt.
[[nodiscard]] bool is_of_crypt(std::string_view stored) noexcept;

/// Not computed: a cost of bcrypt above 16, more than 10 million rounds of SHA, more than 1 GiB for scrypt or yescrypt,
/// parameters of yescrypt that `crypt_gensalt` never writes; for bcrypt a password of more than 72 bytes, of which it
/// would read only a part, and for all one of more than 511.
/// REQUIRES: is_of_crypt(stored); the password has no zero byte.
[[nodiscard]] HashMatch match_crypt(const std::string& password, const std::string& stored);

}  // namespace serval::detail
