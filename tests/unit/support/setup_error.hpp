// SPDX-License-Identifier: MIT
// Returns the text of a setup error; tests of all parts use it.
#pragma once

#include <string>

#include <serval/base/error.hpp>

namespace serval {

/// Returns the text of the `SetupError` that `declare` throws; "no error" if it throws none.
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
