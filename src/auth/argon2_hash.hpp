// SPDX-License-Identifier: MIT
// Hashes of passwords by argon2: "$argon2id$v=19$m=19456,t=2,p=1$salt$hash" (RFC 9106).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "auth/hash_match.hpp"

namespace serval::detail {

/// What one computation costs.
struct Argon2Cost {
  std::uint64_t memory = 0;  ///< in bytes
  std::uint64_t passes = 0;
  std::uint64_t lanes = 1;
  bool operator==(const Argon2Cost& other) const = default;
};

/// The cost of a hash by argon2id or argon2i. Nothing: it is malformed up to there.
[[nodiscard]] std::optional<Argon2Cost> argon2_cost_of(std::string_view stored);

/// Whether the hash is by argon2id with exactly this cost.
[[nodiscard]] bool is_argon2id_of(std::string_view stored, const Argon2Cost& cost);

/// Not computed: a malformed hash; one that takes more than 1 GiB, or passes over more than 4 GiB, and more than `own`.
[[nodiscard]] HashMatch match_argon2(const std::string& password, const std::string& stored, const Argon2Cost& own);

/// A new hash by argon2id with one lane, and a random salt. Nothing: there is not enough memory.
[[nodiscard]] std::optional<std::string> hash_argon2id(std::string_view password, const Argon2Cost& cost);

}  // namespace serval::detail
