// SPDX-License-Identifier: MIT
// The middleware of an application in words, for `--middleware`.
#pragma once

#include <string>

#include "app/app_state.hpp"

namespace serval::detail {

/// Level by level, each from the outermost on: name and hooks. Routes without middleware of their own are left out.
[[nodiscard]] std::string list_middleware(const AppState& application);

}  // namespace serval::detail
