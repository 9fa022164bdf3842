// SPDX-License-Identifier: MIT
// Matches literal text and one parameter against a raw path, which is percent-decoded during the match, without a copy.
// An escaped slash is data: it never equals the '/' of a pattern.
#pragma once

#include <serval/routing/pattern.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace serval::detail {

/// One decoded byte and the number of its raw bytes: 3 for an escape, 1 for itself, 0 at the end.
/// Two valid escapes cannot overlap, so reading from the front and from the back gives the same bytes.
struct Unit {
  char byte = '\0';
  std::uint8_t width = 0;
};
[[nodiscard]] Unit first_unit(std::string_view raw) noexcept;
[[nodiscard]] Unit last_unit(std::string_view raw) noexcept;

/// How many raw bytes `literal` takes at the beginning or at the end of `raw`; nothing if it is not there.
[[nodiscard]] std::optional<std::size_t> match_prefix(std::string_view raw, std::string_view literal) noexcept;
[[nodiscard]] std::optional<std::size_t> match_suffix(std::string_view raw, std::string_view literal) noexcept;

[[nodiscard]] bool accepts(routing::Converter converter, std::string_view raw) noexcept;

/// The raw value of the parameter of `segment`, if `raw` (one segment; for a tail the whole rest) matches it.
[[nodiscard]] std::optional<std::string_view> capture(const routing::Pattern::Segment& segment,
                                                      std::string_view raw) noexcept;

/// `raw` decoded into `buffer`; nothing if it does not fit.
[[nodiscard]] std::optional<std::string_view> decode_into(std::span<char> buffer, std::string_view raw) noexcept;

}  // namespace serval::detail
