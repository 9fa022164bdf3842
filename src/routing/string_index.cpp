// SPDX-License-Identifier: MIT
#include "routing/string_index.hpp"

#include <cstring>

namespace serval::detail {
namespace {

constexpr std::size_t min_slots = 8;
constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15U;  // 2^64 divided by the golden ratio

/// Eight bytes per step. It needs no seed: keys come from the program, never from a client.
std::uint32_t hash_of(std::string_view key) noexcept {
  std::uint64_t hash = key.size() * multiplier;
  while (key.size() >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, key.data(), sizeof word);
    hash = (hash ^ word) * multiplier;
    hash ^= hash >> 32U;
    key.remove_prefix(sizeof word);
  }
  std::uint64_t word = 0;
  for (const char c : key) word = word << 8U | static_cast<unsigned char>(c);
  hash = (hash ^ word) * multiplier;
  return static_cast<std::uint32_t>(hash >> 32U);
}

}  // namespace

void StringIndex::insert(std::string_view key, std::uint32_t value) {
  if (find(key)) return;
  entries_.push_back({std::string(key), value});
  if (entries_.size() * 2 > slots_.size()) {
    rehash(slots_.empty() ? min_slots : slots_.size() * 2);
  } else {
    occupy(hash_of(key), static_cast<std::uint32_t>(entries_.size()));
  }
}

std::optional<std::uint32_t> StringIndex::find(std::string_view key) const noexcept {
  // Most nodes of a tree have one literal below them or none.
  if (entries_.size() < 2) {
    if (entries_.empty() || entries_.front().key != key) return std::nullopt;
    return entries_.front().value;
  }
  const std::uint32_t hash = hash_of(key);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].entry != 0; at = (at + 1) & mask) {
    if (slots_[at].hash != hash) continue;
    const Entry& entry = entries_[slots_[at].entry - 1];
    if (entry.key == key) return entry.value;
  }
  return std::nullopt;
}

void StringIndex::rehash(std::size_t slot_count) {
  slots_.assign(slot_count, Slot{});
  for (std::uint32_t i = 0; i < entries_.size(); ++i) occupy(hash_of(entries_[i].key), i + 1);
}

void StringIndex::occupy(std::uint32_t hash, std::uint32_t entry) noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].entry != 0) at = (at + 1) & mask;
  slots_[at] = {hash, entry};
}

}  // namespace serval::detail
