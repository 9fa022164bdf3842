// SPDX-License-Identifier: MIT
// Matching of literal text and of one parameter against a raw path, which is percent-decoded on the
// way, without a copy. An escaped slash is data: it never equals the '/' of a pattern.
#pragma once

#include <serval/routing/pattern.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace serval::detail {

/// One decoded byte and how many raw ones it took: 3 for an escape, 1 for itself, 0 at the end.
/// Two valid escapes cannot overlap, so reading from the front and from the back gives the same bytes.
struct Unit {
  char byte = '\0';
  std::uint8_t width = 0;
};
[[nodiscard]] Unit first_unit(std::string_view raw) noexcept;
[[nodiscard]] Unit last_unit(std::string_view raw) noexcept;

/// How many raw bytes `literal` takes at the begin or at the end of `raw`; nothing when it is not there.
[[nodiscard]] std::optional<std::size_t> match_prefix(std::string_view raw, std::string_view literal) noexcept;
[[nodiscard]] std::optional<std::size_t> match_suffix(std::string_view raw, std::string_view literal) noexcept;

[[nodiscard]] bool accepts(routing::Converter converter, std::string_view raw) noexcept;

/// The raw value of the parameter of `segment`, when `raw` (one segment; for a tail all of the rest) matches it.
[[nodiscard]] std::optional<std::string_view> capture(const routing::Pattern::Segment& segment,
                                                      std::string_view raw) noexcept;

/// `raw` decoded into `buffer`; nothing when it does not fit.
[[nodiscard]] std::optional<std::string_view> decode_into(std::span<char> buffer, std::string_view raw) noexcept;

}  // namespace serval::detail
