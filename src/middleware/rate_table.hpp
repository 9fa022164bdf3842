// SPDX-License-Identifier: MIT
// The counts of a rate limit in memory: a bounded table, whose oldest keys go.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "base/sip_hash.hpp"
#include "middleware/rate_policy.hpp"

namespace serval::detail {

/// It stores hashes of 128 bits instead of the keys: 40 bytes a key and 4 to 8 for its index, whatever the length of
/// the key. A table for many keys consists of 16 parts with a lock each, and each part forgets its own oldest key.
/// Thread safety: all of it.
class RateTable {
 public:
  /// REQUIRES: `max_keys` is 1 or more.
  explicit RateTable(std::size_t max_keys);
  ~RateTable();
  RateTable(const RateTable&) = delete;
  RateTable& operator=(const RateTable&) = delete;

  /// Decides about a request of a key, and counts it if it is allowed.
  [[nodiscard]] RateLimitResult take(const RatePolicy& policy, std::string_view key, std::chrono::nanoseconds now);
  /// How many keys it holds.
  [[nodiscard]] std::size_t size() const;

 private:
  class Part;
  const SipKey key_ = SipKey::random();
  std::vector<std::unique_ptr<Part>> parts_;
};

}  // namespace serval::detail
