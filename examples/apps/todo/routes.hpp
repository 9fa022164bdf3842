// SPDX-License-Identifier: MIT
// The routes of the service.
#pragma once

#include <serval/serval.hpp>

namespace todo {

/// The routes under "/todos". They need a `Store`, which the application provides.
[[nodiscard]] serval::Router routes();

}  // namespace todo
