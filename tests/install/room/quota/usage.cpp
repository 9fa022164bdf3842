// SPDX-License-Identifier: MIT
#include "usage.hpp"

#include <algorithm>

namespace quota {

void Usage::add(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  ++entries_[key].requests;
}

std::vector<Usage::Total> Usage::unreported() const {
  const std::scoped_lock lock(mutex_);
  std::vector<Total> totals;
  for (const auto& [key, entry] : entries_) {
    if (entry.reported < entry.requests) totals.push_back({key, entry.requests});
  }
  return totals;
}

void Usage::note_reported(const Total& total) {
  const std::scoped_lock lock(mutex_);
  std::uint64_t& reported = entries_[total.key].reported;
  reported = (std::max)(reported, total.requests);
}

std::uint64_t Usage::waiting() const {
  const std::scoped_lock lock(mutex_);
  std::uint64_t requests = 0;
  for (const auto& [key, entry] : entries_) requests += entry.requests - entry.reported;
  return requests;
}

}  // namespace quota
