// SPDX-License-Identifier: MIT
// Examines eight bytes at once: the basis of the scanners of JSON strings, targets and field names.
// The masks have the high bit set in (at least) the lowest byte that matches and none when no byte does, so they
// answer "is there one", not "which".
#pragma once

#include <cstdint>
#include <cstring>

namespace serval::detail {

inline constexpr std::uint64_t byte_ones = 0x0101010101010101;
inline constexpr std::uint64_t byte_highs = 0x8080808080808080;

/// REQUIRES: eight readable bytes.
inline std::uint64_t load_bytes(const char* from) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// Non-zero when a byte of `word` is below `bound`. REQUIRES: bound <= 128.
constexpr std::uint64_t bytes_below(std::uint64_t word, std::uint64_t bound) noexcept {
  return (word - byte_ones * bound) & ~word & byte_highs;
}

/// Non-zero when a byte of `word` equals `value`.
constexpr std::uint64_t bytes_equal_to(std::uint64_t word, std::uint64_t value) noexcept {
  return bytes_below(word ^ (byte_ones * value), 1);
}

/// `word` with ASCII letters in lower case.
constexpr std::uint64_t bytes_lowered(std::uint64_t word) noexcept {
  const std::uint64_t low_bits = word & ~byte_highs;
  const std::uint64_t from_a = low_bits + byte_ones * (0x80 - 'A');
  const std::uint64_t beyond_z = low_bits + byte_ones * (0x7f - 'Z');
  const std::uint64_t capital = (from_a ^ beyond_z) & ~word & byte_highs;
  return word | (capital >> 2);
}

/// Whether each byte of `word` is a small ASCII letter or a hyphen.
constexpr bool bytes_are_small_or_hyphens(std::uint64_t word) noexcept {
  const std::uint64_t low_bits = word & ~byte_highs;
  const std::uint64_t letter = (low_bits + byte_ones * (0x80 - 'a')) & ~(low_bits + byte_ones * (0x7f - 'z'));
  const std::uint64_t hyphen = (low_bits + byte_ones * (0x80 - '-')) & ~(low_bits + byte_ones * (0x7f - '-'));
  return ((letter | hyphen) & ~word & byte_highs) == byte_highs;
}

}  // namespace serval::detail
