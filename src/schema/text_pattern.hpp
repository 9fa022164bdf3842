// SPDX-License-Identifier: MIT
// The expressions of `pattern` rules, ready to be matched.
#pragma once

#include <string_view>

namespace re2 {
class RE2;
}

namespace serval::detail {

/// Compiled once per thread and cached. REQUIRES: `pattern` is a rule's text, which is static.
[[nodiscard]] const re2::RE2& compiled_pattern(std::string_view pattern);

}  // namespace serval::detail
