// SPDX-License-Identifier: MIT
// The algorithms that sign tokens.
#pragma once

#include <cstdint>
#include <string_view>

namespace serval {

/// An algorithm of RFC 7518 section 3 or RFC 8037. There is none without a signature.
enum class JwtAlgorithm : std::uint8_t {
  hs256,  ///< HMAC with SHA-256 and a secret that both sides know
  hs384,  ///< HMAC with SHA-384
  hs512,  ///< HMAC with SHA-512
  rs256,  ///< RSA, PKCS #1 v1.5, with SHA-256
  rs384,  ///< RSA, PKCS #1 v1.5, with SHA-384
  rs512,  ///< RSA, PKCS #1 v1.5, with SHA-512
  ps256,  ///< RSA, PSS, with SHA-256
  ps384,  ///< RSA, PSS, with SHA-384
  ps512,  ///< RSA, PSS, with SHA-512
  es256,  ///< ECDSA with P-256 and SHA-256
  es384,  ///< ECDSA with P-384 and SHA-384
  es512,  ///< ECDSA with P-521 and SHA-512
  eddsa,  ///< Ed25519
};
using enum JwtAlgorithm;

/// The name in the header of a token: "RS256".
[[nodiscard]] std::string_view name_of(JwtAlgorithm algorithm) noexcept;

}  // namespace serval
