// SPDX-License-Identifier: MIT
// What OpenSSL needs to know of the algorithms of tokens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <openssl/evp.h>

#include <serval/auth/jwt_algorithm.hpp>

namespace serval::detail {

/// What a key of an algorithm is.
enum class KeyKind : std::uint8_t { secret, rsa, p256, p384, p521, edwards };

/// How a signature is made.
enum class SignatureKind : std::uint8_t { mac, pkcs1, pss, ecdsa, edwards };

struct AlgorithmInfo {
  std::string_view name;
  KeyKind key;
  SignatureKind signature;
  const char* digest;       ///< null for EdDSA, which has its own
  std::size_t hash_bytes;   ///< of the digest
  std::size_t field_bytes;  ///< of ECDSA: half a signature
};

inline constexpr std::size_t number_of_algorithms = 13;

[[nodiscard]] const AlgorithmInfo& info_of(JwtAlgorithm algorithm) noexcept;
/// The algorithm with that name, in exact case.
[[nodiscard]] std::optional<JwtAlgorithm> algorithm_named(std::string_view name) noexcept;

/// The digest, fetched once. REQUIRES: the algorithm has one.
[[nodiscard]] const EVP_MD* digest_of(const AlgorithmInfo& info);

}  // namespace serval::detail
