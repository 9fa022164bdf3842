// SPDX-License-Identifier: MIT
// The set-up of `Sessions`: its options, checked.
#pragma once

#include <serval/auth/session_options.hpp>

namespace serval::detail {

/// With the name of the cookie. Errors: SetupError for options out of range.
[[nodiscard]] SessionOptions checked_session_options(SessionOptions options);

}  // namespace serval::detail
