// SPDX-License-Identifier: MIT
// Where a test client's request goes: URLs, put together and resolved against each other (RFC 3986 section 5). No I/O.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::detail {

struct TestUrl {
  std::string scheme;
  std::string host;    ///< with its port
  std::string target;  ///< what stands in the request line: path and query

  /// Errors: `std::invalid_argument` for a text that is not "http://host" or "https://host".
  [[nodiscard]] static TestUrl parse_base(std::string_view text);

  /// A request to this host: `target` as it is, or a whole URL.
  [[nodiscard]] TestUrl at(std::string_view request_target) const;

  /// Where `reference` leads to from here: a whole URL, or what follows scheme, host or directory of this one. Its
  /// fragment is dropped.
  [[nodiscard]] TestUrl resolve(std::string_view reference) const;

  void add_query(const std::vector<std::pair<std::string, std::string>>& pairs);

  [[nodiscard]] std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
  [[nodiscard]] std::string text() const { return scheme + "://" + host + target; }
};

}  // namespace serval::detail
