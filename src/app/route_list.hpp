// SPDX-License-Identifier: MIT
// The routes of an application as plain values, and as text for `--routes`.
#pragma once

#include <string>
#include <vector>

#include <serval/app/declared_route.hpp>

#include "app/app_state.hpp"

namespace serval::detail {

/// In the order of declaration; those of a mounted application follow their mount.
[[nodiscard]] std::vector<routing::DeclaredRoute> list_routes(const AppState& application);

/// One line per route, in columns, below a line with the column titles.
[[nodiscard]] std::string route_table(const std::vector<routing::DeclaredRoute>& routes);

}  // namespace serval::detail
