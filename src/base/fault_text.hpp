// SPDX-License-Identifier: MIT
// What the log says of an exception.
#pragma once

#include <exception>
#include <string>

namespace serval::detail {

/// REQUIRES: not null. Where memory is too short for the text, "out of memory".
[[nodiscard]] inline std::string fault_text(const std::exception_ptr& fault) noexcept {
  try {
    try {
      std::rethrow_exception(fault);
    } catch (const std::exception& error) {
      return error.what();
    } catch (...) {
      return "an exception that is no std::exception";
    }
  } catch (...) {
    return "out of memory";  // short enough to need none
  }
}

}  // namespace serval::detail
