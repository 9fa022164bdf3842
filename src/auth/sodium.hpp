// SPDX-License-Identifier: MIT
// The start of libsodium.
#pragma once

namespace serval::detail {

/// Must be called before other functions of libsodium. Errors: std::runtime_error if the system has no random numbers.
/// Thread safety: yes.
void start_sodium();

}  // namespace serval::detail
