// SPDX-License-Identifier: MIT
// The parsers of types that are texts, for callers that report errors themselves. The constructors and `parse` of the
// classes throw the errors.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <serval/types/email.hpp>
#include <serval/types/ip_address.hpp>
#include <serval/types/url.hpp>

namespace serval::detail {

/// The most characters of an HttpUrl.
inline constexpr std::size_t longest_http_url = 2083;

/// Returns an empty text, or the error in `text`.
[[nodiscard]] std::string parse_email(std::string_view text, Email& out);
[[nodiscard]] std::string parse_url(std::string_view text, Url& out);

/// Whether `text` is such an address; if not, `out` is unchanged.
[[nodiscard]] bool parse_ip(std::string_view text, Ipv4Address& out) noexcept;
[[nodiscard]] bool parse_ip(std::string_view text, Ipv6Address& out) noexcept;
[[nodiscard]] bool parse_ip(std::string_view text, IpAddress& out) noexcept;

}  // namespace serval::detail
