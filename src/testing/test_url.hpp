// SPDX-License-Identifier: MIT
// The URL of a test client's request: composing and resolving URLs (RFC 3986 section 5). No I/O.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::detail {

struct TestUrl {
  std::string scheme;
  std::string host;    ///< with its port
  std::string target;  ///< the request target: path and query

  /// Errors: `std::invalid_argument` for a text that is not "http://host" or "https://host".
  [[nodiscard]] static TestUrl parse_base(std::string_view text);

  /// The URL of a request: `request_target` on this host, or a whole URL.
  [[nodiscard]] TestUrl at(std::string_view request_target) const;

  /// Resolves `reference` against this URL: a whole URL, or a part that replaces the end of this one. Its fragment is
  /// dropped.
  [[nodiscard]] TestUrl resolve(std::string_view reference) const;

  void add_query(const std::vector<std::pair<std::string, std::string>>& pairs);

  [[nodiscard]] std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
  [[nodiscard]] std::string text() const { return scheme + "://" + host + target; }
};

}  // namespace serval::detail
