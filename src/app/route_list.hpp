// SPDX-License-Identifier: MIT
// The routes of an application as plain values, and in words for `--routes`.
#pragma once

#include <string>
#include <vector>

#include <serval/app/declared_route.hpp>

#include "app/app_state.hpp"

namespace serval::detail {

/// In the order of declaration; those of a mounted application behind their mount.
[[nodiscard]] std::vector<routing::DeclaredRoute> list_routes(const AppState& application);

/// A line a route, in columns, below a line with their titles.
[[nodiscard]] std::string route_table(const std::vector<routing::DeclaredRoute>& routes);

}  // namespace serval::detail
