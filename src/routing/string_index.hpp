// SPDX-License-Identifier: MIT
// A hash index from registered texts to numbers: open addressing, no allocation in a lookup. Only what
// the program registers is stored, so no client can grow it or make its chains longer. With std::unordered_map instead,
// a lookup with parameters took about 40 % longer (route_bench).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace serval::detail {

class StringIndex {
 public:
  /// Does nothing if `key` already exists.
  void insert(std::string_view key, std::uint32_t value);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view key) const noexcept;
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

 private:
  struct Entry {
    std::string key;
    std::uint32_t value;
  };
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = 0;  // index into entries_ plus one; 0 is a free slot
  };

  void rehash(std::size_t slot_count);
  void occupy(std::uint32_t hash, std::uint32_t entry) noexcept;

  std::vector<Entry> entries_;
  std::vector<Slot> slots_;  // a power of two, at most half of them taken
};

}  // namespace serval::detail
