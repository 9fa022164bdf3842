// SPDX-License-Identifier: MIT
// Decompresses gzip data with zlib. A build that embeds no compressed files has no zlib.
#pragma once

#include <string>
#include <string_view>

namespace serval::docs_ui {

/// Errors: `std::runtime_error` for incomplete or damaged data; `std::logic_error` in a build without zlib.
[[nodiscard]] std::string unpack_gzip(std::string_view packed);

}  // namespace serval::docs_ui
