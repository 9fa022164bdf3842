// SPDX-License-Identifier: MIT
#include "auth/crypt_hash.hpp"

#include <openssl/crypto.h>
#include <crypt.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <memory>

#include "auth/memory_probe.hpp"

namespace serval::detail {

namespace {

constexpr std::size_t bcrypt_bytes = 72;
constexpr std::uint64_t max_bcrypt_cost = 16;
constexpr std::uint64_t max_rounds_of_crypt = 10'000'000;
constexpr std::uint64_t max_scrypt_bytes = std::uint64_t{1} << 30;

/// A number up to a '$'. One that is malformed or too large for the type is the largest.
[[nodiscard]] std::uint64_t number_before_dollar(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end != text.data() + text.size() && *end == '$' ? number : UINT64_MAX;
}

/// The number that crypt writes with these symbols, of six bits each, the lowest first. Malformed: the largest.
[[nodiscard]] std::uint64_t number_of_symbols(std::string_view symbols) {
  constexpr std::string_view all = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::uint64_t number = 0;
  for (std::size_t i = symbols.size(); i-- > 0;) {
    const std::size_t value = all.find(symbols[i]);
    if (value == std::string_view::npos) return UINT64_MAX;
    number = number << 6 | value;
  }
  return number;
}

/// What a computation takes.
struct Cost {
  bool is_affordable = false;
  std::uint64_t memory = 0;  ///< in bytes, of scrypt and yescrypt
};

/// Of scrypt, which passes over this memory twice. At most 1 GiB is affordable.
[[nodiscard]] Cost cost_of_scrypt(std::uint64_t exponent, std::uint64_t block_size, std::uint64_t parallelism) {
  // Each is below 2^30, so that the product of two does not overflow.
  if (exponent > 23 || block_size >= 1U << 30 || parallelism >= 1U << 30) return {};
  if (block_size * parallelism > max_scrypt_bytes >> 7 >> exponent) return {};
  return {.is_affordable = true, .memory = block_size * parallelism << 7 << exponent};
}

[[nodiscard]] Cost cost_of(std::string_view stored) {
  if (stored.starts_with("$2")) return {.is_affordable = number_before_dollar(stored.substr(4)) <= max_bcrypt_cost};
  if (stored.starts_with("$7$")) {
    if (stored.size() <= 14) return {};
    return cost_of_scrypt(number_of_symbols(stored.substr(3, 1)), number_of_symbols(stored.substr(4, 5)),
                          number_of_symbols(stored.substr(9, 5)));
  }
  if (stored.starts_with("$y$")) {
    // 'j' for the variant, one symbol for N and one for r. More stands only for options that nobody uses.
    constexpr std::uint64_t max_symbol = 47;  // of a number with one symbol
    if (stored.size() <= 6 || stored[3] != 'j' || stored[6] != '$') return {};
    const std::uint64_t exponent = number_of_symbols(stored.substr(4, 1));
    const std::uint64_t block_size = number_of_symbols(stored.substr(5, 1));
    if (exponent > max_symbol || block_size > max_symbol) return {};
    return cost_of_scrypt(exponent + 1, block_size + 1, 1);
  }
  const std::string_view options = stored.substr(3);
  constexpr std::string_view rounds = "rounds=";
  return {.is_affordable = !options.starts_with(rounds) ||
                           number_before_dollar(options.substr(rounds.size())) <= max_rounds_of_crypt};
}

}  // namespace

bool is_of_crypt(std::string_view stored) noexcept {
  constexpr std::array<std::string_view, 7> prefixes{"$2a$", "$2b$", "$2y$", "$y$", "$7$", "$6$", "$5$"};
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view each) { return stored.starts_with(each); });
}

HashMatch match_crypt(const std::string& password, const std::string& stored) {
  if (stored.starts_with("$2") && password.size() > bcrypt_bytes) return HashMatch::not_computed;
  const Cost cost = cost_of(stored);
  if (!cost.is_affordable) return HashMatch::not_computed;
  // crypt does not tell that it lacks memory.
  if (!has_memory(cost.memory)) return HashMatch::no_memory;
  const auto data = std::make_unique<crypt_data>();
  const char* const found = crypt_r(password.c_str(), stored.c_str(), data.get());
  HashMatch match = HashMatch::mismatch;
  if (found == nullptr || *found == '*') {
    match = has_memory(cost.memory) ? HashMatch::not_computed : HashMatch::no_memory;
  } else if (std::string_view(found).size() == stored.size() &&
             CRYPTO_memcmp(found, stored.data(), stored.size()) == 0) {
    match = HashMatch::match;
  }
  sodium_memzero(data.get(), sizeof *data);
  return match;
}

}  // namespace serval::detail
