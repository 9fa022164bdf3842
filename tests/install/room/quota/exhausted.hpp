// SPDX-License-Identifier: MIT
// The keys whose quota is known to be used up, so that the service need not be asked again.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace quota {

/// Stores at most 10 000 keys and ignores further ones. Thread safety: all functions.
class Exhausted {
 public:
  void note(const std::string& key, std::chrono::seconds reset);
  /// Returns how long the quota of the key stays used up, rounded up to seconds, or nothing if that is unknown.
  [[nodiscard]] std::optional<std::chrono::seconds> wait_of(std::string_view key) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::chrono::steady_clock::time_point, std::less<>> until_;  // guarded by mutex_
};

}  // namespace quota
