// SPDX-License-Identifier: MIT
// IP addresses as types of parameters and members.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include <serval/types/text_ops_of.hpp>

namespace serval {

/// An IPv4 address, four bytes in network order. Default: 0.0.0.0.
struct Ipv4Address {
  std::array<std::uint8_t, 4> bytes{};  ///< in network order

  /// Reads four decimal numbers without leading zeros. Throws std::invalid_argument.
  [[nodiscard]] static Ipv4Address parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;
  friend auto operator<=>(const Ipv4Address&, const Ipv4Address&) noexcept = default;
};

/// An IPv6 address, 16 bytes in network order. Default: `::`.
struct Ipv6Address {
  std::array<std::uint8_t, 16> bytes{};  ///< in network order

  /// Reads the forms of RFC 4291 section 2.2, without a zone. Throws std::invalid_argument.
  [[nodiscard]] static Ipv6Address parse(std::string_view text);
  /// The form of RFC 5952: lower case, the longest run of zeros as `::`.
  [[nodiscard]] std::string to_string() const;
  friend auto operator<=>(const Ipv6Address&, const Ipv6Address&) noexcept = default;
};

/// An address of either kind. Default: 0.0.0.0.
struct IpAddress {
  bool is_v6 = false;  ///< which of the two is valid
  Ipv4Address v4{};    ///< valid if `is_v6` is false
  Ipv6Address v6{};    ///< valid if `is_v6` is true

  /// Throws std::invalid_argument.
  [[nodiscard]] static IpAddress parse(std::string_view text);
  [[nodiscard]] std::string to_string() const { return is_v6 ? v6.to_string() : v4.to_string(); }
  friend auto operator<=>(const IpAddress&, const IpAddress&) noexcept = default;
};

namespace detail {
extern const TextOps ipv4_ops;
extern const TextOps ipv6_ops;
extern const TextOps ip_ops;
template <>
inline constexpr const TextOps* text_ops_of<Ipv4Address> = &ipv4_ops;
template <>
inline constexpr const TextOps* text_ops_of<Ipv6Address> = &ipv6_ops;
template <>
inline constexpr const TextOps* text_ops_of<IpAddress> = &ip_ops;
}  // namespace detail

}  // namespace serval
