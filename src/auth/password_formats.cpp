// SPDX-License-Identifier: MIT
#include "auth/password_formats.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "auth/crypt_hash.hpp"
#include "auth/memory_probe.hpp"
#include "auth/openssl.hpp"
#include "base/base64.hpp"

namespace serval::detail {

namespace {

constexpr std::uint64_t max_rounds = 10'000'000;
constexpr std::uint64_t max_memory = std::uint64_t{1} << 30;

/// The two algorithms and their inputs, read from a hash.
struct OldHash {
  const EVP_MD* digest = nullptr;  ///< of PBKDF2; null for scrypt
  std::uint64_t rounds = 0;        ///< of PBKDF2; N of scrypt
  std::uint64_t block_size = 0;
  std::uint64_t parallelism = 0;
  std::string salt;
  std::string hash;
  std::size_t hash_bytes = 0;  ///< how long the hash must be
};

[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

[[nodiscard]] bool read_number(std::string_view text, std::uint64_t& out) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  return fault == std::errc() && end == text.data() + text.size();
}

/// base64 of passlib and Django: '+' or '.', with or without padding.
[[nodiscard]] bool read_base64(std::string_view text, std::string& out) {
  std::string symbols(text.substr(0, text.find_last_not_of('=') + 1));
  std::replace(symbols.begin(), symbols.end(), '.', '+');
  return decode_base64(symbols, out).empty();
}

[[nodiscard]] bool read_hex(std::string_view text, std::string& out) {
  out.resize(text.size() / 2);
  std::size_t size = 0;
  const char* end = nullptr;
  return sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr,
                        &size, &end) == 0 &&
         end == text.data() + text.size() && size == out.size();
}

[[nodiscard]] const EVP_MD* digest_named(std::string_view name) {
  if (name == "sha256") return EVP_sha256();
  if (name == "sha512") return EVP_sha512();
  if (name == "sha1") return EVP_sha1();
  return nullptr;
}

/// $pbkdf2-sha256$rounds$salt$hash and $scrypt$ln=16,r=8,p=1$salt$hash
[[nodiscard]] bool read_passlib(const std::vector<std::string_view>& parts, OldHash& out) {
  if (parts.size() != 5 || !read_base64(parts[3], out.salt) || !read_base64(parts[4], out.hash)) return false;
  if (parts[1] == "scrypt") {
    const std::vector<std::string_view> costs = split(parts[2], ',');
    std::uint64_t exponent = 0;
    if (costs.size() != 3 || !costs[0].starts_with("ln=") || !costs[1].starts_with("r=") || !costs[2].starts_with("p="))
      return false;
    if (!read_number(costs[0].substr(3), exponent) || exponent == 0 || exponent > 30) return false;
    out.rounds = std::uint64_t{1} << exponent;
    out.hash_bytes = 32;
    return read_number(costs[1].substr(2), out.block_size) && read_number(costs[2].substr(2), out.parallelism);
  }
  out.digest = parts[1] == "pbkdf2" ? EVP_sha1() : digest_named(parts[1].substr(parts[1].find('-') + 1));
  return out.digest != nullptr && read_number(parts[2], out.rounds);
}

/// pbkdf2_sha256$rounds$salt$hash
[[nodiscard]] bool read_django(const std::vector<std::string_view>& parts, OldHash& out) {
  if (parts.size() != 4) return false;
  out.digest = digest_named(parts[0].substr(parts[0].find('_') + 1));
  out.salt = parts[2];
  return out.digest != nullptr && read_number(parts[1], out.rounds) && read_base64(parts[3], out.hash);
}

/// pbkdf2:sha256:rounds$salt$hash and scrypt:32768:8:1$salt$hash
[[nodiscard]] bool read_werkzeug(const std::vector<std::string_view>& parts, OldHash& out) {
  if (parts.size() != 3 || !read_hex(parts[2], out.hash)) return false;
  out.salt = parts[1];
  const std::vector<std::string_view> method = split(parts[0], ':');
  if (method[0] == "scrypt") {
    out.hash_bytes = 64;
    return method.size() == 4 && read_number(method[1], out.rounds) && read_number(method[2], out.block_size) &&
           read_number(method[3], out.parallelism);
  }
  if (method.size() != 3) return false;
  out.digest = digest_named(method[1]);
  return out.digest != nullptr && read_number(method[2], out.rounds);
}

[[nodiscard]] std::optional<OldHash> read_old_hash(std::string_view stored) {
  const std::vector<std::string_view> parts = split(stored, '$');
  OldHash hash;
  const bool is_read = stored.starts_with('$')         ? read_passlib(parts, hash)
                       : stored.starts_with("pbkdf2_") ? read_django(parts, hash)
                                                       : read_werkzeug(parts, hash);
  if (!is_read || hash.rounds == 0) return std::nullopt;
  if (hash.digest != nullptr) hash.hash_bytes = static_cast<std::size_t>(EVP_MD_get_size(hash.digest));
  // Of a shorter hash, more passwords would match.
  return hash.hash.size() == hash.hash_bytes ? std::optional(std::move(hash)) : std::nullopt;
}

/// Whether scrypt takes at most 1 GiB, and passes over no more than that. OpenSSL would limit the memory only.
[[nodiscard]] bool is_affordable(const OldHash& hash) {
  constexpr std::uint64_t limit = max_memory / 128;
  return hash.block_size != 0 && hash.block_size <= limit && hash.rounds <= limit / hash.block_size &&
         hash.parallelism <= limit / hash.block_size / hash.rounds;
}

/// REQUIRES: the hash has its length.
[[nodiscard]] HashMatch match_derived(const std::string& password, const OldHash& hash) {
  const ErrorQueueGuard errors;
  std::string derived(hash.hash.size(), '\0');
  auto* const bytes = reinterpret_cast<unsigned char*>(derived.data());
  bool is_derived = false;
  if (hash.digest != nullptr) {
    is_derived = hash.rounds <= max_rounds &&
                 PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), bytes_of(hash.salt),
                                   static_cast<int>(hash.salt.size()), static_cast<int>(hash.rounds), hash.digest,
                                   static_cast<int>(derived.size()), bytes) == 1;
  } else if (is_affordable(hash)) {
    if (!has_memory(128 * hash.rounds * hash.block_size)) return HashMatch::no_memory;
    // OpenSSL refuses costs that are not valid.
    is_derived = EVP_PBE_scrypt(password.data(), password.size(), bytes_of(hash.salt), hash.salt.size(), hash.rounds,
                                hash.block_size, hash.parallelism, max_memory, bytes, derived.size()) == 1;
  }
  if (!is_derived) {
    const bool lacks_memory = ERR_GET_REASON(ERR_peek_last_error()) == ERR_R_MALLOC_FAILURE;
    return lacks_memory ? HashMatch::no_memory : HashMatch::not_computed;
  }
  const bool is_equal = CRYPTO_memcmp(derived.data(), hash.hash.data(), derived.size()) == 0;
  return is_equal ? HashMatch::match : HashMatch::mismatch;
}

}  // namespace

bool is_old_hash(std::string_view stored) noexcept {
  constexpr std::array<std::string_view, 6> prefixes{"$pbkdf2$", "$pbkdf2-", "$scrypt$",
                                                     "pbkdf2_",  "pbkdf2:",  "scrypt:"};
  return is_of_crypt(stored) ||
         std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view each) { return stored.starts_with(each); });
}

HashMatch match_old_hash(const std::string& password, const std::string& stored) {
  // crypt reads up to a zero byte, and to HMAC, which the others use, zero bytes at the end make no difference.
  if (password.find('\0') != std::string::npos) return HashMatch::not_computed;
  if (is_of_crypt(stored)) return match_crypt(password, stored);
  const std::optional<OldHash> hash = read_old_hash(stored);
  return hash ? match_derived(password, *hash) : HashMatch::not_computed;
}

}  // namespace serval::detail
