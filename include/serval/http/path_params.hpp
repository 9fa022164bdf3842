// SPDX-License-Identifier: MIT
// The parameters of a request's path.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace serval::http {

/// The path parameters of the matched route, percent-decoded, in the order of the pattern.
class PathParams {
 public:
  /// One parameter.
  struct Entry {
    std::string_view name;
    std::string_view value;
  };
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] auto begin() const noexcept { return entries_.begin(); }
  [[nodiscard]] auto end() const noexcept { return entries_.end(); }
  [[nodiscard]] const Entry& operator[](std::size_t index) const noexcept { return entries_[index]; }

  /// For the router: `name` must outlive the request; `raw` is decoded here when it holds an escape.
  void add(std::string_view name, std::string_view raw);
  /// Drops all entries beyond the first `count`; the router uses it to backtrack.
  void truncate(std::size_t count) noexcept;
  void clear() noexcept;

 private:
  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<std::string>> decoded_;  // owns the values that were not views of the target
};

}  // namespace serval::http
