// SPDX-License-Identifier: MIT
// Unpacks what gzip packed.
#pragma once

#include <string>
#include <string_view>

namespace serval::docs_ui {

/// Errors: `std::runtime_error` for data that are not whole.
[[nodiscard]] std::string unpack_gzip(std::string_view packed);

}  // namespace serval::docs_ui
