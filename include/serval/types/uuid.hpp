// SPDX-License-Identifier: MIT
// Universally unique identifiers (RFC 9562): a type for path parameters and model fields.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace serval {

/// A UUID of any version, 16 bytes in network order. Default: the nil UUID.
class Uuid {
 public:
  /// 16 bytes in network order.
  using Bytes = std::array<std::uint8_t, 16>;

  constexpr Uuid() noexcept = default;
  explicit constexpr Uuid(const Bytes& bytes) noexcept : bytes_(bytes) {}

  /// Reads 8-4-4-4-12 hexadecimal digits in any case, with `{...}` or `urn:uuid:` around them, or 32 digits without
  /// hyphens. Throws std::invalid_argument that says what is wrong with `text`.
  [[nodiscard]] static Uuid parse(std::string_view text);

  /// A new random UUID (version 4) from std::random_device, which on Linux uses the random source of the processor or
  /// the kernel. Thread safe.
  [[nodiscard]] static Uuid random();

  [[nodiscard]] constexpr const Bytes& bytes() const noexcept { return bytes_; }
  [[nodiscard]] constexpr bool is_nil() const noexcept { return bytes_ == Bytes{}; }

  /// The version 1 to 8 (RFC 9562 section 4.2), 0 if the variant is not that of the RFC.
  [[nodiscard]] constexpr int version() const noexcept { return (bytes_[8] & 0xC0) == 0x80 ? bytes_[6] >> 4 : 0; }

  /// Lower case, 8-4-4-4-12.
  [[nodiscard]] std::string to_string() const;

  /// By bytes, which for versions 6 and 7 is by time.
  friend constexpr auto operator<=>(const Uuid&, const Uuid&) noexcept = default;
  friend constexpr bool operator==(const Uuid&, const Uuid&) noexcept = default;

 private:
  Bytes bytes_{};
};

}  // namespace serval

template <>
struct std::hash<serval::Uuid> {
  std::size_t operator()(const serval::Uuid& uuid) const noexcept;
};
