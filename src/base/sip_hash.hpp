// SPDX-License-Identifier: MIT
// SipHash, a hash with a secret key: clients that choose the texts cannot make them collide. Tables of texts that
// clients choose use it, and entity tags.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace serval::detail {

/// The key of a hash. Hashes with the default key are the same in every process.
struct SipKey {
  std::uint64_t first = 0;
  std::uint64_t second = 0;

  /// A key that no client can guess. Errors: exceptions of `std::random_device`.
  [[nodiscard]] static SipKey random();
};

using Hash128 = std::array<std::uint64_t, 2>;

/// SipHash-1-3 with 64 bits, for tables.
[[nodiscard]] std::uint64_t sip_hash(const SipKey& key, std::string_view text) noexcept;
/// SipHash-1-3 with 128 bits, for texts that are not stored themselves.
[[nodiscard]] Hash128 sip_hash_128(const SipKey& key, std::string_view text) noexcept;
/// SipHash-2-4, for which test vectors exist; both others run the same code with fewer rounds.
[[nodiscard]] std::uint64_t sip_hash_2_4(const SipKey& key, std::string_view text) noexcept;
[[nodiscard]] Hash128 sip_hash_2_4_128(const SipKey& key, std::string_view text) noexcept;

}  // namespace serval::detail
