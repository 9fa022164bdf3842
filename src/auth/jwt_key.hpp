// SPDX-License-Identifier: MIT
// The keys of tokens: secrets for HMAC, and public or private keys for signatures.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <serval/auth/jwt_algorithm.hpp>
#include <serval/auth/secret_key.hpp>

#include "auth/algorithms.hpp"
#include "auth/openssl.hpp"

namespace serval::detail {

/// A key. Thread safety: all of it.
class JwtKey {
 public:
  JwtKey() = default;
  JwtKey(const JwtKey&) = delete;
  JwtKey& operator=(const JwtKey&) = delete;
  virtual ~JwtKey() = default;

  /// Whether the key belongs to the algorithm. An algorithm is never used with a key of another kind.
  [[nodiscard]] virtual bool fits(JwtAlgorithm algorithm) const noexcept = 0;
  /// Whether it is a valid signature. REQUIRES: fits(algorithm).
  [[nodiscard]] virtual bool verify(JwtAlgorithm algorithm, std::string_view text,
                                    std::string_view signature) const = 0;
  [[nodiscard]] virtual bool can_sign() const noexcept = 0;
  /// REQUIRES: fits(algorithm), can_sign(). Errors: std::runtime_error if OpenSSL fails.
  [[nodiscard]] virtual std::string sign(JwtAlgorithm algorithm, std::string_view text) const = 0;
};

/// A secret. It keeps contexts in which the secret was already hashed, one for each thread that uses it at once: this
/// is three times as fast as a new one.
class HmacKey final : public JwtKey {
 public:
  explicit HmacKey(SecretKey secret) : secret_(std::move(secret)) {}
  [[nodiscard]] bool fits(JwtAlgorithm algorithm) const noexcept override;
  [[nodiscard]] bool verify(JwtAlgorithm algorithm, std::string_view text, std::string_view signature) const override;
  [[nodiscard]] bool can_sign() const noexcept override { return true; }
  [[nodiscard]] std::string sign(JwtAlgorithm algorithm, std::string_view text) const override;

 private:
  [[nodiscard]] MacContext take(JwtAlgorithm algorithm) const;

  SecretKey secret_;
  mutable std::mutex mutex_;                                // guards spare_
  mutable std::array<std::vector<MacContext>, 3> spare_{};  // by algorithm
};

/// A public key, or both halves.
class PublicKey final : public JwtKey {
 public:
  enum class Half : std::uint8_t { only_public, both };
  /// Errors: std::invalid_argument with the reason for a key of an unknown kind, and for an RSA key below 2048 bits or
  /// with an exponent that is even or 1.
  PublicKey(Pkey key, Half half);
  [[nodiscard]] bool fits(JwtAlgorithm algorithm) const noexcept override;
  [[nodiscard]] bool verify(JwtAlgorithm algorithm, std::string_view text, std::string_view signature) const override;
  [[nodiscard]] bool can_sign() const noexcept override { return half_ == Half::both; }
  [[nodiscard]] std::string sign(JwtAlgorithm algorithm, std::string_view text) const override;

 private:
  [[nodiscard]] bool is_usable(JwtAlgorithm algorithm) const;

  Pkey key_;
  KeyKind kind_;
  std::bitset<number_of_algorithms> usable_{};  // by algorithm
  Half half_;
};

}  // namespace serval::detail
