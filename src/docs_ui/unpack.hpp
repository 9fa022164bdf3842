// SPDX-License-Identifier: MIT
// Decompresses gzip data.
#pragma once

#include <string>
#include <string_view>

namespace serval::docs_ui {

/// Errors: `std::runtime_error` for incomplete or damaged data.
[[nodiscard]] std::string unpack_gzip(std::string_view packed);

}  // namespace serval::docs_ui
