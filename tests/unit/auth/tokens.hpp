// SPDX-License-Identifier: MIT
// Keys and tokens for the tests of the room auth.
#pragma once

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include <serval/auth/jwt.hpp>

#include "auth/base64url.hpp"
#include "auth/key_reader.hpp"
#include "auth/openssl.hpp"

namespace serval::auth_tests {

inline constexpr std::string_view secret_text = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// The time of all tests.
inline const std::chrono::system_clock::time_point now{std::chrono::seconds(1'800'000'000)};
inline std::chrono::system_clock::time_point test_clock() { return now; }

struct KeyPair {
  std::string private_pem;
  std::string public_pem;
};

inline std::string text_of(BIO* output) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(output, &data);
  return {data, static_cast<std::size_t>(size)};
}

inline KeyPair make_pair(EVP_PKEY* made) {
  const detail::Pkey key(made);
  const detail::InputBio both(BIO_new(BIO_s_mem()));
  const detail::InputBio half(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(both.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  PEM_write_bio_PUBKEY(half.get(), key.get());
  return {text_of(both.get()), text_of(half.get())};
}

/// A key pair of an algorithm with public keys; the same each time.
inline const KeyPair& key_pair(JwtAlgorithm algorithm) {
  static std::map<int, KeyPair> made;
  const auto kind = static_cast<int>(detail::info_of(algorithm).key);
  if (const auto found = made.find(kind); found != made.end()) return found->second;
  EVP_PKEY* key = nullptr;
  switch (detail::info_of(algorithm).key) {
    case detail::KeyKind::rsa:
      key = EVP_RSA_gen(2048);
      break;
    case detail::KeyKind::p256:
      key = EVP_EC_gen("P-256");
      break;
    case detail::KeyKind::p384:
      key = EVP_EC_gen("P-384");
      break;
    case detail::KeyKind::p521:
      key = EVP_EC_gen("P-521");
      break;
    case detail::KeyKind::secret:
    case detail::KeyKind::edwards:
      key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
      break;
  }
  return made[kind] = make_pair(key);
}

/// Options with the secret, HS256 and the time of the tests.
inline JwtOptions hs256_options() {
  return {.secret = SecretKey::from_text(secret_text), .algorithms = {hs256}, .clock = &test_clock};
}
/// Options that verify, and with a private key also sign, by one algorithm.
inline JwtOptions options_of(JwtAlgorithm algorithm) {
  JwtOptions options{.algorithms = {algorithm}, .clock = &test_clock};
  if (detail::info_of(algorithm).key == detail::KeyKind::secret) {
    options.secret = SecretKey::from_text(secret_text);
  } else {
    options.private_key_pem = SecretKey::from_text(key_pair(algorithm).private_pem);
  }
  return options;
}

/// A token with this header and these claims, signed with HMAC and the secret of the tests.
inline std::string hmac_token(std::string_view header, std::string_view claims, JwtAlgorithm algorithm = hs256,
                              std::string_view secret = secret_text) {
  std::string token = detail::base64url(header) + '.' + detail::base64url(claims);
  const detail::HmacKey key(SecretKey::from_text(secret));
  return token + '.' + detail::base64url(key.sign(algorithm, token));
}

inline constexpr std::string_view hs256_header = R"({"alg":"HS256","typ":"JWT"})";

struct User {
  std::string sub;
  Default<std::string> scope{};
};

/// Why a token is refused; "accepted" if it is not.
template <class Claims>
std::string refusal_of(const Jwt<Claims>& jwt, std::string_view token, const SecurityScopes& required = {}) {
  try {
    static_cast<void>(jwt.verify(token, required));
  } catch (const InvalidToken& refusal) {
    return refusal.reason();
  }
  return "accepted";
}

}  // namespace serval::auth_tests
