// SPDX-License-Identifier: MIT
#include "base/sip_hash.hpp"

#include <bit>
#include <cstddef>
#include <cstring>
#include <random>

namespace serval::detail {

namespace {

/// Eight bytes as a number, the first one lowest.
std::uint64_t word_at(const char* bytes) noexcept {
  std::uint64_t word = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&word, bytes, sizeof word);
  } else {
    for (int i = 0; i < 8; ++i) word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return word;
}

struct SipState {
  explicit SipState(const SipKey& key) noexcept
      : v0(key.first ^ 0x736f6d6570736575U),
        v1(key.second ^ 0x646f72616e646f6dU),
        v2(key.first ^ 0x6c7967656e657261U),
        v3(key.second ^ 0x7465646279746573U) {}

  template <int Rounds>
  void mix() noexcept {
    for (int i = 0; i < Rounds; ++i) {
      v0 += v1;
      v1 = std::rotl(v1, 13) ^ v0;
      v0 = std::rotl(v0, 32);
      v2 += v3;
      v3 = std::rotl(v3, 16) ^ v2;
      v0 += v3;
      v3 = std::rotl(v3, 21) ^ v0;
      v2 += v1;
      v1 = std::rotl(v1, 17) ^ v2;
      v2 = std::rotl(v2, 32);
    }
  }
  template <int Rounds>
  void take(std::uint64_t word) noexcept {
    v3 ^= word;
    mix<Rounds>();
    v0 ^= word;
  }
  template <int Rounds>
  void take_all(std::string_view text) noexcept {
    std::size_t at = 0;
    for (; text.size() - at >= 8; at += 8) take<Rounds>(word_at(text.data() + at));
    std::uint64_t last = std::uint64_t{text.size()} << 56;
    for (int i = 0; at < text.size(); ++at, ++i) last |= std::uint64_t{static_cast<unsigned char>(text[at])} << (8 * i);
    take<Rounds>(last);
  }
  [[nodiscard]] std::uint64_t folded() const noexcept { return v0 ^ v1 ^ v2 ^ v3; }

  std::uint64_t v0, v1, v2, v3;
};

template <int PerWord, int AtEnd>
std::uint64_t hash_64(const SipKey& key, std::string_view text) noexcept {
  SipState state(key);
  state.take_all<PerWord>(text);
  state.v2 ^= 0xff;
  state.mix<AtEnd>();
  return state.folded();
}

template <int PerWord, int AtEnd>
Hash128 hash_128(const SipKey& key, std::string_view text) noexcept {
  SipState state(key);
  state.v1 ^= 0xee;
  state.take_all<PerWord>(text);
  state.v2 ^= 0xee;
  state.mix<AtEnd>();
  const std::uint64_t first = state.folded();
  state.v1 ^= 0xdd;
  state.mix<AtEnd>();
  return {first, state.folded()};
}

}  // namespace

SipKey SipKey::random() {
  std::random_device source;
  const auto word = [&source] { return std::uint64_t{source()} << 32 | source(); };
  return {.first = word(), .second = word()};
}

std::uint64_t sip_hash(const SipKey& key, std::string_view text) noexcept { return hash_64<1, 3>(key, text); }
Hash128 sip_hash_128(const SipKey& key, std::string_view text) noexcept { return hash_128<1, 3>(key, text); }
std::uint64_t sip_hash_2_4(const SipKey& key, std::string_view text) noexcept { return hash_64<2, 4>(key, text); }
Hash128 sip_hash_2_4_128(const SipKey& key, std::string_view text) noexcept { return hash_128<2, 4>(key, text); }

}  // namespace serval::detail
