// SPDX-License-Identifier: MIT
// Counts the requests of each key, and how many of them were reported to the service.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace quota {

/// Thread safety: all functions.
class Usage {
 public:
  /// The number of requests of a key since the start of the program.
  struct Total {
    std::string key;
    std::uint64_t requests = 0;
  };

  void add(const std::string& key);
  /// Returns the totals that were not reported yet, ordered by key.
  [[nodiscard]] std::vector<Total> unreported() const;
  /// Notes that this total was reported.
  void note_reported(const Total& total);
  /// Returns the number of requests that were not reported yet.
  [[nodiscard]] std::uint64_t waiting() const;

 private:
  struct Entry {
    std::uint64_t requests = 0;
    std::uint64_t reported = 0;  // at most `requests`
  };
  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;  // guarded by mutex_
};

}  // namespace quota
