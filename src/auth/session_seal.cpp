// SPDX-License-Identifier: MIT
#include "auth/session_seal.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "auth/base64url.hpp"
#include "auth/bytes.hpp"
#include "auth/sodium.hpp"

namespace serval::detail {

namespace {

constexpr char version = 1;
constexpr std::size_t nonce_at = 2;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t sealed_at = nonce_at + nonce_bytes;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(nonce_bytes == 24 && crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);

using Derived = std::array<unsigned char, 32>;

/// BLAKE2b of the secret, different for each purpose: the same secret may also sign tokens.
Derived derive(std::string_view secret, std::string_view purpose) {
  Derived derived{};
  crypto_generichash(derived.data(), derived.size(), bytes_of(secret), secret.size(), bytes_of(purpose),
                     purpose.size());
  return derived;
}

}  // namespace

SessionSeal::SessionSeal(const std::vector<SecretKey>& keys, std::string cookie_name)
    : cookie_name_(std::move(cookie_name)) {
  start_sodium();
  for (const SecretKey& secret : keys) {
    Derived key = derive(secret.reveal(), "serval sealed session: key, version 1");
    const Derived number = derive(secret.reveal(), "serval sealed session: number of the key");
    keys_.push_back({.number = number.front(),
                     .key = SecretKey::from_text({reinterpret_cast<const char*>(key.data()), key.size()})});
    sodium_memzero(key.data(), key.size());
  }
}

std::string SessionSeal::seal(const SessionRecord& record) const {
  const std::string plain = to_bytes(record);
  std::string sealed(sealed_at + plain.size() + tag_bytes, '\0');
  const std::size_t chars = (sealed.size() * 4 + 2) / 3;
  if (chars > max_chars) {
    throw std::length_error("a session of " + std::to_string(record.json.size()) +
                            " bytes of JSON does not fit into a cookie: sealed it has " + std::to_string(chars) +
                            " bytes, and at most " + std::to_string(max_chars) +
                            " are allowed; keep less in it, or give Sessions a .store");
  }
  const Key& key = keys_.front();
  sealed[0] = version;
  sealed[1] = static_cast<char>(key.number);
  randombytes_buf(bytes_of(sealed) + nonce_at, nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed) + sealed_at, nullptr, bytes_of(plain), plain.size(),
                                             bytes_of(cookie_name_), cookie_name_.size(), nullptr,
                                             bytes_of(sealed) + nonce_at, bytes_of(key.key.reveal()));
  return base64url(sealed);
}

std::optional<SessionRecord> SessionSeal::open(std::string_view value) const {
  std::string sealed;
  if (value.size() > max_chars || !decode_base64url(value, sealed)) return std::nullopt;
  if (sealed.size() < sealed_at + tag_bytes || sealed[0] != version) return std::nullopt;
  const auto number = static_cast<unsigned char>(sealed[1]);
  std::string plain(sealed.size() - sealed_at - tag_bytes, '\0');
  for (const Key& key : keys_) {
    if (key.number != number) continue;
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes_of(plain), nullptr, nullptr, bytes_of(sealed) + sealed_at, sealed.size() - sealed_at,
        bytes_of(cookie_name_), cookie_name_.size(), bytes_of(sealed) + nonce_at, bytes_of(key.key.reveal()));
    if (failed == 0) return read_session_record(plain);
  }
  return std::nullopt;
}

}  // namespace serval::detail
