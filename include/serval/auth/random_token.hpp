// SPDX-License-Identifier: MIT
// Random texts that nobody can guess.
#pragma once

#include <cstddef>
#include <string>

namespace serval {

/// Random bytes of the operating system as base64url text without padding: an API key, the id of a session, a code of
/// an e-mail. `random_token(32)` has 43 characters.
/// Errors: `std::invalid_argument` for fewer than 16 bytes, which could be guessed.
[[nodiscard]] std::string random_token(std::size_t bytes = 32);

}  // namespace serval
