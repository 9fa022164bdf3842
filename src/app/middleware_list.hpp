// SPDX-License-Identifier: MIT
// The middleware of an application as text, for `--middleware`.
#pragma once

#include <string>

#include "app/app_state.hpp"

namespace serval::detail {

/// Level by level, each from the outermost: name and hooks. Routes without their own middleware are left out.
[[nodiscard]] std::string list_middleware(const AppState& application);

}  // namespace serval::detail
