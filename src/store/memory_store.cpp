// SPDX-License-Identifier: MIT
#include <serval/store/memory_store.hpp>

#include <cstdint>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <serval/base/error.hpp>
#include <serval/base/task.hpp>

#include "base/sip_hash.hpp"

namespace serval {

namespace {

using Time = std::chrono::steady_clock::time_point;

struct KeyHash {
  detail::SipKey key;  // of the store: clients choose keys
  std::size_t operator()(std::string_view text) const noexcept { return detail::sip_hash(key, text); }
};

/// A part of a store, with a lock of its own. Thread safety: `mutex` guards it; the caller of a function holds it.
class Part {
 public:
  Part(std::size_t max_entries, std::size_t max_bytes, const detail::SipKey& key)
      : max_entries_(max_entries), max_bytes_(max_bytes), index_(0, KeyHash{key}) {}

  std::mutex mutex;

  /// Null if there is none. The value is then the one used last.
  [[nodiscard]] std::string* find(std::string_view key, Time now) {
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    if (found->second->due <= now) {
      drop(found->second);
      return nullptr;
    }
    if (sweep_ == found->second) ++sweep_;  // so that the sweep goes on where it was
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->value;
  }

  /// REQUIRES: the part has no value of that key.
  void insert(std::string key, std::string value, Time due, Time now) {
    require_room(key, value);
    const std::size_t bytes = bytes_of(key, value);
    make_room(1, bytes, now);
    entries_.push_front({std::move(key), std::move(value), due});
    try {
      index_.emplace(entries_.front().key, entries_.begin());
    } catch (const std::bad_alloc&) {
      entries_.pop_front();
      throw;
    }
    bytes_ += bytes;
  }

  /// REQUIRES: the first entry is that of the key, as after `find`.
  void replace(std::string value, Time due, Time now) {
    Entry& entry = entries_.front();
    require_room(entry.key, value);
    bytes_ += value.size();
    bytes_ -= entry.value.size();
    entry.value = std::move(value);
    entry.due = due;
    make_room(0, 0, now);
  }
  /// The same, with the same time limit.
  void replace(std::string value, Time now) { replace(std::move(value), entries_.front().due, now); }
  void drop_first() { drop(entries_.begin()); }

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  struct Entry {
    std::string key;
    std::string value;
    Time due;
  };
  using Entries = std::list<Entry>;

  /// An entry's nodes in list and index, with the overhead of the allocator.
  static constexpr std::size_t overhead = 192;
  static std::size_t bytes_of(std::string_view key, std::string_view value) noexcept {
    return key.size() + value.size() + overhead;
  }
  void require_room(std::string_view key, std::string_view value) const {
    if (bytes_of(key, value) > max_bytes_) {
      throw std::length_error("a value of " + std::to_string(value.size()) + " bytes is larger than a part of " +
                              std::to_string(max_bytes_) + " bytes of a MemoryStore");
    }
  }
  /// Makes room for more entries, without touching the first one if `more` is 0. Each call also looks at two entries in
  /// turn and drops those whose time is over: after half as many calls as there are entries, all of them are gone.
  void make_room(std::size_t more, std::size_t more_bytes, Time now) {
    for (int i = 0; i < 2 && entries_.size() > 1; ++i) {
      if (sweep_ == entries_.end()) sweep_ = std::next(entries_.begin());
      const auto entry = sweep_++;
      if (entry != entries_.begin() && entry->due <= now) drop(entry);
    }
    while (!entries_.empty() && (entries_.size() + more > max_entries_ || bytes_ + more_bytes > max_bytes_))
      drop(std::prev(entries_.end()));
  }
  void drop(Entries::iterator entry) {
    if (sweep_ == entry) ++sweep_;
    bytes_ -= bytes_of(entry->key, entry->value);
    index_.erase(std::string_view(entry->key));
    entries_.erase(entry);
  }

  const std::size_t max_entries_;
  const std::size_t max_bytes_;
  Entries entries_;  // the one used last is the first
  Entries::iterator sweep_ = entries_.end();
  std::unordered_map<std::string_view, Entries::iterator, KeyHash> index_;  // the keys are those of entries_
  std::size_t bytes_ = 0;
};

}  // namespace

class MemoryStore::Parts {
 public:
  explicit Parts(MemoryStoreOptions options) : clock_(std::move(options.clock)) {
    if (options.max_entries == 0 || options.max_bytes == 0)
      throw SetupError("MemoryStore: max_entries and max_bytes must be 1 or more", {});
    const std::size_t count = options.max_entries > 16'000 && options.max_bytes > 16 * 1024 * 1024 ? 16 : 1;
    for (std::size_t i = 0; i < count; ++i)
      parts_.push_back(std::make_unique<Part>(options.max_entries / count, options.max_bytes / count, key_));
  }

  [[nodiscard]] Part& of(std::string_view key) const noexcept {
    // The index of the part uses the lower bits.
    return *parts_[parts_.size() == 1 ? 0 : detail::sip_hash(key_, key) >> 60U];
  }
  [[nodiscard]] Time now() const { return clock_ ? clock_() : std::chrono::steady_clock::now(); }
  /// When a value is gone that is set now.
  [[nodiscard]] static Time due(Time now, std::chrono::milliseconds ttl) noexcept {
    return ttl.count() == 0 ? Time::max() : now + ttl;
  }
  template <class Read>
  [[nodiscard]] std::size_t sum_of(Read read) const {
    std::size_t sum = 0;
    for (const auto& part : parts_) {
      const std::scoped_lock lock(part->mutex);
      sum += read(*part);
    }
    return sum;
  }

 private:
  const std::function<Time()> clock_;
  const detail::SipKey key_ = detail::SipKey::random();
  std::vector<std::unique_ptr<Part>> parts_;
};

MemoryStore::MemoryStore(MemoryStoreOptions options) : parts_(std::make_unique<Parts>(std::move(options))) {}
MemoryStore::~MemoryStore() = default;

Task<std::optional<std::string>> MemoryStore::get(std::string key) {
  check(key);
  Part& part = parts_->of(key);
  const Time now = parts_->now();
  const std::scoped_lock lock(part.mutex);
  const std::string* value = part.find(key, now);
  if (value == nullptr) co_return std::nullopt;
  co_return *value;
}

Task<void> MemoryStore::set(std::string key, std::string value, std::chrono::milliseconds ttl) {
  check(key, ttl);
  Part& part = parts_->of(key);
  const Time now = parts_->now();
  const Time due = Parts::due(now, ttl);
  const std::scoped_lock lock(part.mutex);
  if (part.find(key, now) != nullptr)
    part.replace(std::move(value), due, now);
  else
    part.insert(std::move(key), std::move(value), due, now);
  co_return;
}

Task<bool> MemoryStore::add(std::string key, std::string value, std::chrono::milliseconds ttl) {
  check(key, ttl);
  Part& part = parts_->of(key);
  const Time now = parts_->now();
  const std::scoped_lock lock(part.mutex);
  if (part.find(key, now) != nullptr) co_return false;
  part.insert(std::move(key), std::move(value), Parts::due(now, ttl), now);
  co_return true;
}

Task<bool> MemoryStore::compare_and_set(std::string key, std::string expected, std::string value,
                                        std::chrono::milliseconds ttl) {
  check(key, ttl);
  Part& part = parts_->of(key);
  const Time now = parts_->now();
  const std::scoped_lock lock(part.mutex);
  const std::string* found = part.find(key, now);
  if (found == nullptr || *found != expected) co_return false;
  part.replace(std::move(value), Parts::due(now, ttl), now);
  co_return true;
}

Task<bool> MemoryStore::erase(std::string key) {
  check(key);
  Part& part = parts_->of(key);
  const Time now = parts_->now();
  const std::scoped_lock lock(part.mutex);
  if (part.find(key, now) == nullptr) co_return false;
  part.drop_first();
  co_return true;
}

Task<std::int64_t> MemoryStore::increment(std::string key, std::int64_t by, std::chrono::milliseconds ttl) {
  check(key, ttl);
  Part& part = parts_->of(key);
  const Time now = parts_->now();
  const std::scoped_lock lock(part.mutex);
  const std::string* found = part.find(key, now);
  if (found == nullptr) {
    part.insert(std::move(key), std::to_string(by), Parts::due(now, ttl), now);
    co_return by;
  }
  const std::int64_t result = sum(*found, by);
  part.replace(std::to_string(result), now);
  co_return result;
}

std::size_t MemoryStore::size() const {
  return parts_->sum_of([](const Part& part) { return part.size(); });
}

std::size_t MemoryStore::bytes() const {
  return parts_->sum_of([](const Part& part) { return part.bytes(); });
}

}  // namespace serval
