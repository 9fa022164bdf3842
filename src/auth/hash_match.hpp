// SPDX-License-Identifier: MIT
// The result of comparing a password with a hash.
#pragma once

#include <cstdint>

namespace serval::detail {

enum class HashMatch : std::uint8_t {
  match,
  mismatch,
  not_computed,  ///< no match, found out at once: a malformed hash, one that costs too much, a password out of range
  no_memory,     ///< unknown, since there is not enough memory
};

}  // namespace serval::detail
