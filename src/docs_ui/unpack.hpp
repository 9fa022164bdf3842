// SPDX-License-Identifier: MIT
// Unpacks what gzip packed, by zlib. A build that embeds no packed files has no zlib.
#pragma once

#include <string>
#include <string_view>

namespace serval::docs_ui {

/// Errors: `std::runtime_error` for data that are not whole, `std::logic_error` in a build without zlib.
[[nodiscard]] std::string unpack_gzip(std::string_view packed);

}  // namespace serval::docs_ui
