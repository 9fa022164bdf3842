// SPDX-License-Identifier: MIT
// Whether text is UTF-8, also while it is still arriving.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace serval::detail {

enum class Utf8Verdict : std::uint8_t {
  valid,
  incomplete,  ///< the text ends within a sequence that is well-formed so far
  invalid,
};

/// Looks at the text from `position` on, which is where a sequence begins, and moves `position` behind the last whole
/// well-formed one: where to go on when more of the text has come.
[[nodiscard]] Utf8Verdict check_utf8(std::string_view text, std::size_t& position) noexcept;

/// Whether all of it is well-formed.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

}  // namespace serval::detail
