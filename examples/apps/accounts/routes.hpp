// SPDX-License-Identifier: MIT
// The routes of the service.
#pragma once

#include <serval/serval.hpp>

namespace accounts {

/// Registration, and the accounts for those who are logged in.
[[nodiscard]] serval::Router user_routes();
/// The login of programs, by tokens.
[[nodiscard]] serval::Router token_routes();
/// The login of browsers, by a session.
[[nodiscard]] serval::Router browser_routes();

}  // namespace accounts
