// SPDX-License-Identifier: MIT
// The pairs of a query string or of a urlencoded body (WHATWG URL, application/x-www-form-urlencoded). No I/O.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::http {

/// The decoded `name=value` pairs of a query string or urlencoded body, in order; names may repeat.
/// `a` and `a=` both give the empty value; pairs are separated only by `&`; empty pairs (`a&&b`) are ignored;
/// ill-formed UTF-8 becomes U+FFFD.
class QueryParams {
 public:
  /// Name and value.
  using Pair = std::pair<std::string, std::string>;

  QueryParams() = default;
  /// Errors: none; `max_pairs` (0: no limit) limits the work, `truncated()` tells whether the limit was reached.
  [[nodiscard]] static QueryParams parse(std::string_view text, std::size_t max_pairs = 0);
  /// As `parse`, replacing the content and reusing its storage.
  void assign(std::string_view text, std::size_t max_pairs = 0);

  /// The last value of that name.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  [[nodiscard]] std::vector<std::string_view> get_all(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const noexcept { return get(name).has_value(); }
  [[nodiscard]] std::size_t size() const noexcept { return pairs_.size(); }
  [[nodiscard]] bool empty() const noexcept { return pairs_.empty(); }
  [[nodiscard]] bool truncated() const noexcept { return truncated_; }
  [[nodiscard]] auto begin() const noexcept { return pairs_.begin(); }
  [[nodiscard]] auto end() const noexcept { return pairs_.end(); }
  void clear() noexcept;

 private:
  std::vector<Pair> pairs_;
  bool truncated_ = false;
};

}  // namespace serval::http
