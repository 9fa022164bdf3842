// SPDX-License-Identifier: MIT
// Request methods (RFC 9110 section 9, RFC 5789, the WebDAV family) and sets of them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace serval::http {

/// The methods that a server may route. `unknown` is any other token; it is answered with 501.
// clang-format off
enum class Method : std::uint8_t {
  unknown, get, head, post, put, delete_, connect, options, trace, patch, query,
  propfind, proppatch, mkcol, copy, move, lock, unlock, search, report, purge, link, unlink,
};
// clang-format on

/// "GET", "DELETE", ...; empty for `unknown`.
[[nodiscard]] std::string_view to_string(Method method) noexcept;

/// Case-sensitive, like all methods (RFC 9110 section 9.1); `unknown` for any other token.
[[nodiscard]] Method parse_method(std::string_view token) noexcept;

/// A set of methods, e.g. for the `Allow` header.
class MethodSet {
 public:
  constexpr MethodSet() = default;
  constexpr MethodSet(std::initializer_list<Method> methods) {
    for (Method method : methods) insert(method);
  }
  constexpr void insert(Method method) noexcept { bits_ |= bit(method); }
  constexpr void insert(MethodSet other) noexcept { bits_ |= other.bits_; }
  [[nodiscard]] constexpr bool contains(Method method) const noexcept { return (bits_ & bit(method)) != 0; }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
  /// Whether a method is in both sets.
  [[nodiscard]] constexpr bool intersects(MethodSet other) const noexcept { return (bits_ & other.bits_) != 0; }
  /// "GET, HEAD, POST": in the order of the enumeration.
  [[nodiscard]] std::string to_string() const;
  friend constexpr bool operator==(MethodSet, MethodSet) = default;

 private:
  static constexpr std::uint32_t bit(Method method) noexcept { return 1U << static_cast<unsigned>(method); }
  std::uint32_t bits_ = 0;
};

}  // namespace serval::http
