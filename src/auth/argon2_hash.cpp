// SPDX-License-Identifier: MIT
#include "auth/argon2_hash.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

#include "auth/memory_probe.hpp"

namespace serval::detail {

namespace {

constexpr std::uint64_t gib = std::uint64_t{1} << 30;
constexpr std::string_view argon2id = "$argon2id$v=19$";
constexpr std::string_view argon2i = "$argon2i$v=19$";

/// Reads "m=19456," and removes it. The numbers have 32 bits.
[[nodiscard]] bool take_number(std::string_view& text, std::string_view name, char end, std::uint64_t& out) {
  if (!text.starts_with(name)) return false;
  text.remove_prefix(name.size());
  std::uint32_t number = 0;
  const auto [last, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || last == text.data() + text.size() || *last != end) return false;
  text.remove_prefix(static_cast<std::size_t>(last - text.data()) + 1);
  out = number;
  return true;
}

/// Reads the cost and removes it, so that "salt$hash" remains.
[[nodiscard]] std::optional<Argon2Cost> take_cost(std::string_view& stored) {
  if (!stored.starts_with(argon2id) && !stored.starts_with(argon2i)) return std::nullopt;
  stored.remove_prefix(stored.starts_with(argon2id) ? argon2id.size() : argon2i.size());
  Argon2Cost cost;
  if (!take_number(stored, "m=", ',', cost.memory) || !take_number(stored, "t=", ',', cost.passes) ||
      !take_number(stored, "p=", '$', cost.lanes)) {
    return std::nullopt;
  }
  cost.memory *= 1024;
  return cost;
}

/// The bytes of base64 without padding. Empty: it is malformed.
[[nodiscard]] std::string bytes_of_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                        &size, nullptr, sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0) {
    return {};
  }
  bytes.resize(size);
  return bytes;
}

/// Compares with a hash of several lanes or with a salt of another length. libsodium does not tell whether it lacked
/// memory.
[[nodiscard]] HashMatch match_by_text(const std::string& password, const std::string& stored, const Argon2Cost& cost) {
  if (!has_memory(cost.memory)) return HashMatch::no_memory;
  errno = 0;
  if (crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0) return HashMatch::match;
  if (errno != EINVAL) return HashMatch::not_computed;  // EINVAL stands for another hash, and for too little memory
  return has_memory(cost.memory) ? HashMatch::mismatch : HashMatch::no_memory;
}

}  // namespace

std::optional<Argon2Cost> argon2_cost_of(std::string_view stored) { return take_cost(stored); }

bool is_argon2id_of(std::string_view stored, const Argon2Cost& cost) {
  return stored.starts_with(argon2id) && argon2_cost_of(stored) == cost;
}

HashMatch match_argon2(const std::string& password, const std::string& stored, const Argon2Cost& own) {
  std::string_view rest = stored;
  const std::optional<Argon2Cost> cost = take_cost(rest);
  if (!cost || cost->memory > std::max(gib, own.memory)) return HashMatch::not_computed;
  // At most 4 GiB times 2^32, which does not overflow: both are checked.
  if (cost->memory * cost->passes > std::max(4 * gib, own.memory * own.passes)) return HashMatch::not_computed;
  const bool is_id = stored.starts_with(argon2id);
  const std::uint64_t min_passes = is_id ? crypto_pwhash_argon2id_OPSLIMIT_MIN : crypto_pwhash_argon2i_OPSLIMIT_MIN;
  if (cost->memory < crypto_pwhash_MEMLIMIT_MIN || cost->passes == 0) return HashMatch::not_computed;
  const std::size_t end = std::min(rest.find('$'), rest.size());
  const std::string salt = bytes_of_base64(rest.substr(0, end));
  const std::string hash = bytes_of_base64(rest.substr(std::min(end + 1, rest.size())));
  if (salt.empty() || hash.size() < crypto_pwhash_BYTES_MIN) return HashMatch::not_computed;
  if (cost->lanes != 1 || salt.size() != crypto_pwhash_SALTBYTES || cost->passes < min_passes) {
    return match_by_text(password, stored, *cost);
  }
  std::string derived(hash.size(), '\0');
  if (crypto_pwhash(reinterpret_cast<unsigned char*>(derived.data()), derived.size(), password.data(), password.size(),
                    reinterpret_cast<const unsigned char*>(salt.data()), cost->passes, cost->memory,
                    is_id ? crypto_pwhash_ALG_ARGON2ID13 : crypto_pwhash_ALG_ARGON2I13) != 0) {
    return HashMatch::no_memory;  // the rest was checked
  }
  const bool is_equal = sodium_memcmp(derived.data(), hash.data(), hash.size()) == 0;
  return is_equal ? HashMatch::match : HashMatch::mismatch;
}

std::optional<std::string> hash_argon2id(std::string_view password, const Argon2Cost& cost) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  // Out of memory is its only failure: the caller has checked the options.
  if (crypto_pwhash_argon2id_str(out.data(), password.data(), password.size(), cost.passes, cost.memory) != 0) {
    return std::nullopt;
  }
  return out.data();
}

}  // namespace serval::detail
