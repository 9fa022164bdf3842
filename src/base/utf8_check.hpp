// SPDX-License-Identifier: MIT
// Whether text is UTF-8, also while it is still arriving.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace serval::detail {

enum class Utf8Verdict : std::uint8_t {
  valid,
  incomplete,  ///< the text ends inside a sequence that is well-formed so far
  invalid,
};

/// Checks the text from `position` on, the beginning of a sequence, and moves `position` after the last complete
/// well-formed sequence: the place to continue when more text has arrived.
[[nodiscard]] Utf8Verdict check_utf8(std::string_view text, std::size_t& position) noexcept;

/// Whether all of it is well-formed.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

}  // namespace serval::detail
