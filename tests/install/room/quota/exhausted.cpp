// SPDX-License-Identifier: MIT
#include "exhausted.hpp"

#include <cstddef>

namespace quota {

namespace {
constexpr std::size_t max_keys = 10'000;
}

void Exhausted::note(const std::string& key, std::chrono::seconds reset) {
  const auto now = std::chrono::steady_clock::now();
  const std::scoped_lock lock(mutex_);
  if (until_.size() >= max_keys) std::erase_if(until_, [now](const auto& entry) { return entry.second <= now; });
  if (until_.size() < max_keys) until_[key] = now + reset;
}

std::optional<std::chrono::seconds> Exhausted::wait_of(std::string_view key) const {
  const auto now = std::chrono::steady_clock::now();
  const std::scoped_lock lock(mutex_);
  const auto found = until_.find(key);
  if (found == until_.end() || found->second <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(found->second - now);
}

}  // namespace quota
