// SPDX-License-Identifier: MIT
// The request fields that routes read, as a middleware learns them at the start.
#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::detail {

/// Names in lower case, sorted, by the pattern of the route. Routes with the same pattern share them: those of several
/// methods or applications. Thread safety: all of it.
class RouteFields {
 public:
  void add(std::string_view pattern, const std::vector<std::string>& names) {
    if (names.empty()) return;
    const std::scoped_lock lock(mutex_);
    std::vector<std::string>& known = fields_[std::string(pattern)];
    known = joined(known, names);
  }
  /// `names`, which are sorted, and those of the route.
  [[nodiscard]] std::vector<std::string> with(std::string_view pattern, std::vector<std::string> names) const {
    const std::scoped_lock lock(mutex_);
    const auto found = fields_.find(pattern);
    return found == fields_.end() ? std::move(names) : joined(names, found->second);
  }

  [[nodiscard]] bool contain(std::string_view pattern, std::string_view name) const {
    const std::scoped_lock lock(mutex_);
    const auto found = fields_.find(pattern);
    return found != fields_.end() && std::binary_search(found->second.begin(), found->second.end(), name);
  }

 private:
  static std::vector<std::string> joined(const std::vector<std::string>& some, const std::vector<std::string>& others) {
    std::vector<std::string> all;
    std::set_union(some.begin(), some.end(), others.begin(), others.end(), std::back_inserter(all));
    return all;
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::vector<std::string>, std::less<>> fields_;  // guarded by mutex_
};

}  // namespace serval::detail
