// SPDX-License-Identifier: MIT
// A hash of bytes that arrive in pieces: the 64-bit variant of the public xxHash algorithm, seed 0. It is one of the
// cheapest hashes that read every byte, so that a hashed upload measures the server and not the hash.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace bench {

class StreamHash {
 public:
  void update(std::string_view bytes) {
    size_ += bytes.size();
    if (held_ != 0) {
      const std::size_t more = std::min(bytes.size(), stripe_.size() - held_);
      std::memcpy(stripe_.data() + held_, bytes.data(), more);
      held_ += more;
      bytes.remove_prefix(more);
      if (held_ < stripe_.size()) return;
      take(stripe_.data());
      held_ = 0;
    }
    for (; bytes.size() >= stripe_.size(); bytes.remove_prefix(stripe_.size())) take(bytes.data());
    std::memcpy(stripe_.data(), bytes.data(), bytes.size());
    held_ = bytes.size();
  }

  [[nodiscard]] std::uint64_t digest() const {
    std::uint64_t hash = prime5;
    if (size_ >= stripe_.size()) {
      hash = std::rotl(lanes_[0], 1) + std::rotl(lanes_[1], 7) + std::rotl(lanes_[2], 12) + std::rotl(lanes_[3], 18);
      for (const std::uint64_t lane : lanes_) hash = (hash ^ round(0, lane)) * prime1 + prime4;
    }
    hash += size_;
    std::size_t at = 0;
    for (; at + 8 <= held_; at += 8) hash = std::rotl(hash ^ round(0, word(stripe_.data() + at)), 27) * prime1 + prime4;
    for (; at < held_; ++at) hash = std::rotl(hash ^ (static_cast<unsigned char>(stripe_[at]) * prime5), 11) * prime1;
    hash = (hash ^ (hash >> 33U)) * prime2;
    hash = (hash ^ (hash >> 29U)) * prime3;
    return hash ^ (hash >> 32U);
  }

 private:
  static constexpr std::uint64_t prime1 = 0x9E3779B185EBCA87, prime2 = 0xC2B2AE3D27D4EB4F, prime3 = 0x165667B19E3779F9,
                                 prime4 = 0x85EBCA77C2B2AE63, prime5 = 0x27D4EB2F165667C5;

  static std::uint64_t word(const char* at) {
    std::uint64_t value = 0;
    std::memcpy(&value, at, sizeof value);
    return value;
  }
  static std::uint64_t round(std::uint64_t lane, std::uint64_t value) {
    return std::rotl(lane + value * prime2, 31) * prime1;
  }
  void take(const char* stripe) {
    for (std::size_t i = 0; i < lanes_.size(); ++i) lanes_[i] = round(lanes_[i], word(stripe + 8 * i));
  }

  std::array<std::uint64_t, 4> lanes_{prime1 + prime2, prime2, 0, 0 - prime1};
  std::array<char, 32> stripe_{};
  std::size_t held_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace bench
