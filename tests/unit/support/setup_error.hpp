// SPDX-License-Identifier: MIT
// What a mistake in setting up says, for tests of every room.
#pragma once

#include <string>

#include <serval/base/error.hpp>

namespace serval {

/// The text of the `SetupError` that `declare` ends with; "no error" when it ends well.
template <class F>
std::string error_of(F declare) {
  try {
    declare();
  } catch (const SetupError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace serval
