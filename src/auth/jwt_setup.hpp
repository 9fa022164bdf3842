// SPDX-License-Identifier: MIT
// Checks the options of a `Jwt` and makes its keys.
#pragma once

#include <serval/auth/jwt_options.hpp>

#include "auth/key_set.hpp"

namespace serval::detail {

/// The keys of the options. The secret is moved out of them. Errors: SetupError, see `Jwt`.
[[nodiscard]] KeySet keys_of(JwtOptions& options);

}  // namespace serval::detail
