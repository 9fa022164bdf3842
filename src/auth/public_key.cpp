// SPDX-License-Identifier: MIT
#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include <stdexcept>
#include <utility>

#include "auth/jwt_key.hpp"

namespace serval::detail {

namespace {

constexpr int min_rsa_bits = 2048;

/// The context of the thread. Its users reset it, so that it refers to no key afterwards.
EVP_MD_CTX* context_of_thread() {
  thread_local const DigestContext context(EVP_MD_CTX_new());
  return context.get();
}

class ContextGuard {
 public:
  explicit ContextGuard(EVP_MD_CTX* context) noexcept : context_(context) {}
  ~ContextGuard() { EVP_MD_CTX_reset(context_); }
  ContextGuard(const ContextGuard&) = delete;
  ContextGuard& operator=(const ContextGuard&) = delete;

 private:
  EVP_MD_CTX* context_;
};

KeyKind kind_of_curve(const EVP_PKEY* key) {
  std::array<char, 64> name{};
  std::size_t length = 0;
  if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &length) == 1) {
    const int curve = OBJ_sn2nid(std::string(name.data(), length).c_str());
    if (curve == NID_X9_62_prime256v1) return KeyKind::p256;
    if (curve == NID_secp384r1) return KeyKind::p384;
    if (curve == NID_secp521r1) return KeyKind::p521;
  }
  throw std::invalid_argument("its curve is not P-256, P-384 or P-521");
}

/// An exponent of 1 would make every text its own signature.
void check_exponent(const EVP_PKEY* key) {
  BIGNUM* number = nullptr;
  const int is_read = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &number);
  const BigNumber exponent(number);
  if (is_read != 1 || !BN_is_odd(exponent.get()) || BN_is_one(exponent.get())) {
    throw std::invalid_argument("its exponent is not an odd number above 1");
  }
}

KeyKind kind_of(const EVP_PKEY* key) {
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS:
      check_exponent(key);
      if (EVP_PKEY_get_bits(key) < min_rsa_bits) {
        throw std::invalid_argument("it has " + std::to_string(EVP_PKEY_get_bits(key)) +
                                    " bits, but RSA keys need at least 2048 (RFC 7518 section 3.3)");
      }
      return KeyKind::rsa;
    case EVP_PKEY_EC:
      return kind_of_curve(key);
    case EVP_PKEY_ED25519:
      return KeyKind::edwards;
  }
  throw std::invalid_argument("it is not an RSA, EC or Ed25519 key");
}

[[nodiscard]] bool set_padding(EVP_PKEY_CTX* context, SignatureKind signature) {
  if (signature != SignatureKind::pss) return true;  // PKCS #1 v1.5 is the default of RSA keys
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

/// The DER form of an ECDSA signature, which OpenSSL takes; tokens have both numbers side by side (RFC 7518 section
/// 3.4). Empty: its size is wrong.
[[nodiscard]] std::string to_der(std::string_view signature, std::size_t field_bytes) {
  if (signature.size() != 2 * field_bytes) return {};
  const EcdsaSignature pair(ECDSA_SIG_new());
  const auto length = static_cast<int>(field_bytes);
  BigNumber r(BN_bin2bn(bytes_of(signature), length, nullptr));
  BigNumber s(BN_bin2bn(bytes_of(signature.substr(field_bytes)), length, nullptr));
  if (pair == nullptr || r == nullptr || s == nullptr) return {};
  if (ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
  static_cast<void>(r.release());  // owned by the pair now
  static_cast<void>(s.release());
  const int size = i2d_ECDSA_SIG(pair.get(), nullptr);
  if (size <= 0) return {};
  std::string der(static_cast<std::size_t>(size), '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  return i2d_ECDSA_SIG(pair.get(), &out) == size ? der : std::string();
}

[[nodiscard]] std::string from_der(std::string_view der, std::size_t field_bytes) {
  const unsigned char* in = bytes_of(der);
  const EcdsaSignature pair(d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(der.size())));
  std::string signature(2 * field_bytes, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  const auto length = static_cast<int>(field_bytes);
  if (pair == nullptr || BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, length) != length ||
      BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + field_bytes, length) != length) {
    throw std::runtime_error("libcrypto made no ECDSA signature");
  }
  return signature;
}

}  // namespace

PublicKey::PublicKey(Pkey key, Half half) : key_(std::move(key)), kind_(kind_of(key_.get())), half_(half) {
  for (std::size_t i = 0; i < usable_.size(); ++i) usable_[i] = is_usable(static_cast<JwtAlgorithm>(i));
}

bool PublicKey::is_usable(JwtAlgorithm algorithm) const {
  const AlgorithmInfo& info = info_of(algorithm);
  if (info.key != kind_) return false;
  if (info.signature == SignatureKind::pkcs1 && EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_RSA_PSS) return false;
  // A key of RSA-PSS may be for one hash and for salts of some length only.
  EVP_MD_CTX* const context = context_of_thread();
  const ContextGuard guard(context);
  EVP_PKEY_CTX* key_context = nullptr;
  const EVP_MD* const digest = info.digest != nullptr ? digest_of(info) : nullptr;
  return EVP_DigestVerifyInit(context, &key_context, digest, nullptr, key_.get()) == 1 &&
         set_padding(key_context, info.signature);
}

bool PublicKey::fits(JwtAlgorithm algorithm) const noexcept { return usable_[static_cast<std::size_t>(algorithm)]; }

bool PublicKey::verify(JwtAlgorithm algorithm, std::string_view text, std::string_view signature) const {
  const ErrorQueueGuard errors;
  const AlgorithmInfo& info = info_of(algorithm);
  std::string der;
  if (info.signature == SignatureKind::ecdsa) {
    der = to_der(signature, info.field_bytes);
    if (der.empty()) return false;
    signature = der;
  }
  EVP_MD_CTX* const context = context_of_thread();
  const ContextGuard guard(context);
  EVP_PKEY_CTX* key_context = nullptr;
  const EVP_MD* const digest = info.digest != nullptr ? digest_of(info) : nullptr;
  return EVP_DigestVerifyInit(context, &key_context, digest, nullptr, key_.get()) == 1 &&
         set_padding(key_context, info.signature) &&
         EVP_DigestVerify(context, bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
}

std::string PublicKey::sign(JwtAlgorithm algorithm, std::string_view text) const {
  const ErrorQueueGuard errors;
  const AlgorithmInfo& info = info_of(algorithm);
  EVP_MD_CTX* const context = context_of_thread();
  const ContextGuard guard(context);
  EVP_PKEY_CTX* key_context = nullptr;
  const EVP_MD* const digest = info.digest != nullptr ? digest_of(info) : nullptr;
  std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
  std::string signature(size, '\0');
  if (EVP_DigestSignInit(context, &key_context, digest, nullptr, key_.get()) != 1 ||
      !set_padding(key_context, info.signature) ||
      EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, bytes_of(text), text.size()) !=
          1) {
    throw std::runtime_error("libcrypto cannot sign with this key");
  }
  signature.resize(size);
  return info.signature == SignatureKind::ecdsa ? from_der(signature, info.field_bytes) : signature;
}

}  // namespace serval::detail
