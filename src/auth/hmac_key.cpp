// SPDX-License-Identifier: MIT
#include <openssl/core_names.h>
#include <openssl/crypto.h>

#include <stdexcept>
#include <utility>

#include "auth/jwt_key.hpp"

namespace serval::detail {

namespace {

struct Mac {
  std::array<unsigned char, 64> bytes;
  std::size_t size = 0;
};

/// Never freed, as the digests are not.
EVP_MAC* hmac() {
  static EVP_MAC* const fetched = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  return fetched;
}

[[nodiscard]] bool compute(EVP_MAC_CTX* context, std::string_view text, Mac& mac) {
  return EVP_MAC_init(context, nullptr, 0, nullptr) == 1 && EVP_MAC_update(context, bytes_of(text), text.size()) == 1 &&
         EVP_MAC_final(context, mac.bytes.data(), &mac.size, mac.bytes.size()) == 1;
}

}  // namespace

bool HmacKey::fits(JwtAlgorithm algorithm) const noexcept {
  const AlgorithmInfo& info = info_of(algorithm);
  return info.key == KeyKind::secret && secret_.reveal().size() >= info.hash_bytes;
}

/// A context with the secret. The caller gives it back by adding it to `spare_`.
MacContext HmacKey::take(JwtAlgorithm algorithm) const {
  std::vector<MacContext>& spare = spare_[static_cast<std::size_t>(algorithm)];
  {
    const std::scoped_lock lock(mutex_);
    if (!spare.empty()) {
      MacContext context = std::move(spare.back());
      spare.pop_back();
      return context;
    }
  }
  MacContext context(EVP_MAC_CTX_new(hmac()));
  std::string digest = info_of(algorithm).digest;
  const std::array<OSSL_PARAM, 2> params{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                                         OSSL_PARAM_construct_end()};
  const std::string_view secret = secret_.reveal();
  if (context == nullptr || EVP_MAC_init(context.get(), bytes_of(secret), secret.size(), params.data()) != 1) {
    throw std::runtime_error("libcrypto cannot start HMAC");
  }
  return context;
}

bool HmacKey::verify(JwtAlgorithm algorithm, std::string_view text, std::string_view signature) const {
  const ErrorQueueGuard guard;
  if (signature.size() != info_of(algorithm).hash_bytes) return false;
  MacContext context = take(algorithm);
  Mac mac;
  if (!compute(context.get(), text, mac)) return false;
  {
    const std::scoped_lock lock(mutex_);
    spare_[static_cast<std::size_t>(algorithm)].push_back(std::move(context));
  }
  // In constant time: an early end would tell how many bytes of a guess are right.
  return mac.size == signature.size() && CRYPTO_memcmp(mac.bytes.data(), signature.data(), mac.size) == 0;
}

std::string HmacKey::sign(JwtAlgorithm algorithm, std::string_view text) const {
  const ErrorQueueGuard guard;
  MacContext context = take(algorithm);
  Mac mac;
  if (!compute(context.get(), text, mac)) throw std::runtime_error("libcrypto cannot compute HMAC");
  const std::scoped_lock lock(mutex_);
  spare_[static_cast<std::size_t>(algorithm)].push_back(std::move(context));
  return {reinterpret_cast<const char*>(mac.bytes.data()), mac.size};
}

}  // namespace serval::detail
