// SPDX-License-Identifier: MIT
// Comparison of secrets.
#pragma once

#include <string_view>

namespace serval {

/// Returns whether both texts are equal. Its duration depends only on their lengths and not on where they differ, so
/// that nobody can find a secret byte by byte from response times. Texts of different lengths are compared at the
/// length of the first, so pass what the client sent first.
[[nodiscard]] bool constant_time_equal(std::string_view sent, std::string_view secret) noexcept;

}  // namespace serval
