// SPDX-License-Identifier: MIT
// Text by code points: the count for length rules, and white space around numbers.
#pragma once

#include <cstddef>
#include <string_view>

namespace serval::detail {

/// The number of Unicode code points in `text`, the unit of min_length and max_length. REQUIRES: well-formed UTF-8;
/// otherwise each byte that continues no sequence counts as one.
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;

/// `text` without the white space at its ends, by Unicode's property White_Space (so U+00A0 too, but no U+001C).
[[nodiscard]] std::string_view trim_white_space(std::string_view text) noexcept;

/// Whether `text` is `lower` when the case of ASCII letters is ignored. REQUIRES: `lower` has no capital letters.
[[nodiscard]] bool equals_ignoring_case(std::string_view text, std::string_view lower) noexcept;

}  // namespace serval::detail
