// SPDX-License-Identifier: MIT
// The request target (RFC 9112 section 3.2) and the Host (RFC 9110 section 7.2). No I/O.
#pragma once

#include <optional>
#include <string_view>

namespace serval::http {

/// A request target split into its parts; views into the text it was parsed from, or into constants.
struct Target {
  enum class Form { origin, absolute, authority, asterisk };
  Form form = Form::origin;
  std::string_view scheme{};     ///< absolute form only: "http" or "https", in lower case
  std::string_view authority{};  ///< absolute and authority form only; a valid host
  std::string_view path{};       ///< raw, begins with '/'; "*" for the asterisk form, empty for the authority form
  std::string_view query{};      ///< raw, without the '?'

  /// Nothing if the text has none of the four forms of RFC 9112 section 3.2, or contains a byte that is not visible
  /// ASCII. An empty path in the absolute form becomes "/". A `#`, which a target must not have, is treated as data.
  [[nodiscard]] static std::optional<Target> parse(std::string_view text) noexcept;
};

/// The parts of a Host value: "shop.example:8000" has "shop.example" and "8000", "[::1]" has "[::1]" and "".
struct HostParts {
  std::string_view host;  ///< a name, an IPv4 address, or an IPv6 address in brackets
  std::string_view port;  ///< empty if there is none
};

/// Nothing if the text is not uri-host [":" port] (RFC 9110 section 7.2), or empty; see `is_valid_host`. Views into the
/// text.
[[nodiscard]] std::optional<HostParts> split_host(std::string_view text) noexcept;

/// Whether the text can be a Host value: uri-host [":" port] (RFC 9110 section 7.2). Empty is valid; a port without a
/// host, a port above 65535, user information and an IPv6 zone are not.
[[nodiscard]] bool is_valid_host(std::string_view host) noexcept;

}  // namespace serval::http
