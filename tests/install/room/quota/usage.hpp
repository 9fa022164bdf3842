// SPDX-License-Identifier: MIT
// How many requests each key has had, and how many of them the service has been told of.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace quota {

/// Thread safety: all of it.
class Usage {
 public:
  /// All requests of a key since the start of the program.
  struct Total {
    std::string key;
    std::uint64_t requests = 0;
  };

  void add(const std::string& key);
  /// The totals that the service has not been told of, by key.
  [[nodiscard]] std::vector<Total> unreported() const;
  /// Notes that the service knows this total.
  void note_reported(const Total& total);
  /// Requests that the service has not been told of.
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
