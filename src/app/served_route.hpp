// SPDX-License-Identifier: MIT
// What middleware learns of the routes that it serves.
#pragma once

#include <serval/handler/middleware.hpp>

#include "app/route.hpp"

namespace serval::detail {

/// Lifetime: that of the route.
[[nodiscard]] ServedRoute served_route(const Route& route);

}  // namespace serval::detail
