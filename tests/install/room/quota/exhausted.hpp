// SPDX-License-Identifier: MIT
// Keys that are known to have nothing left, so that the service need not be asked again.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace quota {

/// At most 10 000 keys; further ones are not remembered. Thread safety: all of it.
class Exhausted {
 public:
  void note(const std::string& key, std::chrono::seconds reset);
  /// How long the key has nothing left, rounded up; nothing where that is not known.
  [[nodiscard]] std::optional<std::chrono::seconds> wait_of(std::string_view key) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::chrono::steady_clock::time_point, std::less<>> until_;  // guarded by mutex_
};

}  // namespace quota
