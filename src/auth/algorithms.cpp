// SPDX-License-Identifier: MIT
#include "auth/algorithms.hpp"

#include <array>

namespace serval {

namespace detail {

namespace {

constexpr std::array<AlgorithmInfo, number_of_algorithms> infos{{
    {"HS256", KeyKind::secret, SignatureKind::mac, "SHA256", 32, 0},
    {"HS384", KeyKind::secret, SignatureKind::mac, "SHA384", 48, 0},
    {"HS512", KeyKind::secret, SignatureKind::mac, "SHA512", 64, 0},
    {"RS256", KeyKind::rsa, SignatureKind::pkcs1, "SHA256", 32, 0},
    {"RS384", KeyKind::rsa, SignatureKind::pkcs1, "SHA384", 48, 0},
    {"RS512", KeyKind::rsa, SignatureKind::pkcs1, "SHA512", 64, 0},
    {"PS256", KeyKind::rsa, SignatureKind::pss, "SHA256", 32, 0},
    {"PS384", KeyKind::rsa, SignatureKind::pss, "SHA384", 48, 0},
    {"PS512", KeyKind::rsa, SignatureKind::pss, "SHA512", 64, 0},
    {"ES256", KeyKind::p256, SignatureKind::ecdsa, "SHA256", 32, 32},
    {"ES384", KeyKind::p384, SignatureKind::ecdsa, "SHA384", 48, 48},
    {"ES512", KeyKind::p521, SignatureKind::ecdsa, "SHA512", 64, 66},
    {"EdDSA", KeyKind::edwards, SignatureKind::edwards, nullptr, 0, 0},
}};

}  // namespace

const AlgorithmInfo& info_of(JwtAlgorithm algorithm) noexcept { return infos[static_cast<std::size_t>(algorithm)]; }

std::optional<JwtAlgorithm> algorithm_named(std::string_view name) noexcept {
  for (std::size_t i = 0; i < infos.size(); ++i) {
    if (infos[i].name == name) return static_cast<JwtAlgorithm>(i);
  }
  return std::nullopt;
}

const EVP_MD* digest_of(const AlgorithmInfo& info) {
  // Never freed, since a thread may still verify while the program ends. To fetch costs more than to verify HS256.
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  static const EVP_MD* const sha384 = EVP_MD_fetch(nullptr, "SHA384", nullptr);
  static const EVP_MD* const sha512 = EVP_MD_fetch(nullptr, "SHA512", nullptr);
  return info.hash_bytes == 32 ? sha256 : info.hash_bytes == 48 ? sha384 : sha512;
}

}  // namespace detail

std::string_view name_of(JwtAlgorithm algorithm) noexcept { return detail::info_of(algorithm).name; }

}  // namespace serval
