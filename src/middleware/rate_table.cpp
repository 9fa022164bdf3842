// SPDX-License-Identifier: MIT
#include "middleware/rate_table.hpp"

#include <algorithm>
#include <cstdint>
#include <mutex>

namespace serval::detail {

/// Slots in one array, found by a hash index, in a list by the time of their last request. Thread safety: `mutex_`
/// guards all other members.
class RateTable::Part {
 public:
  explicit Part(std::size_t max_keys) : max_keys_(max_keys), index_(16, none) {}

  RateLimitResult take(const RatePolicy& policy, const Hash128& hash, std::chrono::nanoseconds now) {
    const std::scoped_lock lock(mutex_);
    std::uint32_t found = find(hash);
    if (found == none) {
      found = make(hash);
      slots_[found].due = now;
    } else {
      unlink(found);
    }
    link_as_newest(found);
    const RatePolicy::Decision decision = policy.decide(slots_[found].due, now);
    slots_[found].due = decision.due;
    return decision.result;
  }

  [[nodiscard]] std::size_t size() const {
    const std::scoped_lock lock(mutex_);
    return slots_.size();
  }

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct Slot {
    Hash128 hash;
    std::chrono::nanoseconds due;
    std::uint32_t newer;
    std::uint32_t older;
    std::uint32_t next;  // with the same place in the index
  };

  [[nodiscard]] std::uint32_t& head_of(const Hash128& hash) noexcept { return index_[hash[0] & (index_.size() - 1)]; }

  [[nodiscard]] std::uint32_t find(const Hash128& hash) noexcept {
    std::uint32_t at = head_of(hash);
    while (at != none && slots_[at].hash != hash) at = slots_[at].next;
    return at;
  }

  /// A slot in the index, not in the list.
  [[nodiscard]] std::uint32_t make(const Hash128& hash) {
    std::uint32_t made = oldest_;
    if (slots_.size() < max_keys_) {
      if (slots_.size() == index_.size()) grow_index();
      made = static_cast<std::uint32_t>(slots_.size());
      slots_.push_back({});
    } else {
      unlink(made);
      remove_from_index(made);
    }
    slots_[made].hash = hash;
    add_to_index(made);
    return made;
  }

  void add_to_index(std::uint32_t slot) noexcept {
    std::uint32_t& head = head_of(slots_[slot].hash);
    slots_[slot].next = head;
    head = slot;
  }
  void remove_from_index(std::uint32_t slot) noexcept {
    std::uint32_t* at = &head_of(slots_[slot].hash);
    while (*at != slot) at = &slots_[*at].next;
    *at = slots_[slot].next;
  }
  void grow_index() {
    std::vector<std::uint32_t> larger(index_.size() * 2, none);
    index_.swap(larger);
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) add_to_index(slot);
  }

  void link_as_newest(std::uint32_t slot) noexcept {
    slots_[slot].older = newest_;
    slots_[slot].newer = none;
    (newest_ == none ? oldest_ : slots_[newest_].newer) = slot;
    newest_ = slot;
  }
  void unlink(std::uint32_t slot) noexcept {
    const Slot& left = slots_[slot];
    (left.newer == none ? newest_ : slots_[left.newer].older) = left.older;
    (left.older == none ? oldest_ : slots_[left.older].newer) = left.newer;
  }

  const std::size_t max_keys_;
  mutable std::mutex mutex_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> index_;  // slots by the lower bits of their hash; its size is a power of two
  std::uint32_t newest_ = none;
  std::uint32_t oldest_ = none;
};

RateTable::RateTable(std::size_t max_keys) {
  constexpr std::size_t many_keys = 4'096;
  const std::size_t count = max_keys < many_keys ? 1 : 16;
  for (std::size_t i = 0; i < count; ++i)
    parts_.push_back(std::make_unique<Part>(std::min(max_keys / count, std::size_t{1} << 31U)));
}

RateTable::~RateTable() = default;

RateLimitResult RateTable::take(const RatePolicy& policy, std::string_view key, std::chrono::nanoseconds now) {
  const Hash128 hash = sip_hash_128(key_, key);
  return parts_[hash[1] % parts_.size()]->take(policy, hash, now);
}

std::size_t RateTable::size() const {
  std::size_t size = 0;
  for (const auto& part : parts_) size += part->size();
  return size;
}

}  // namespace serval::detail
