// SPDX-License-Identifier: MIT
// The version of the library, as the program was compiled against it.
#pragma once

#include <string_view>

namespace serval {

/// Semantic version, "0.1.0".
inline constexpr std::string_view library_version = "0.1.0";

}  // namespace serval
