// SPDX-License-Identifier: MIT
// The text of an exception for the log.
#pragma once

#include <exception>
#include <string>

namespace serval::detail {

/// REQUIRES: not null. If there is not enough memory for the text, "out of memory".
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
    return "out of memory";  // short enough to need no allocation
  }
}

}  // namespace serval::detail
