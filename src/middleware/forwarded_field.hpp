// SPDX-License-Identifier: MIT
// The field `forwarded` (RFC 7239 section 4).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace serval::detail {

/// What one proxy has written. Values are without quotes; empty ones were not given.
struct ForwardedElement {
  std::string node;  ///< `for`
  std::string proto;
  std::string host;
};

/// The most elements of a field: many more than a chain of proxies.
inline constexpr std::size_t max_forwarded_elements = 64;

/// The elements of one field, in its order; empty elements are kept. Spaces are allowed around semicolons, and ':' and
/// brackets in values without quotes, which many proxies write. Nothing if the field is malformed, a parameter occurs
/// twice in an element or there are more than `max_forwarded_elements`: then nobody can tell where the part that a
/// client wrote ends, or reading it would take long.
[[nodiscard]] std::optional<std::vector<ForwardedElement>> parse_forwarded(std::string_view field);

}  // namespace serval::detail
