// SPDX-License-Identifier: MIT
// What the log says of an exception.
#pragma once

#include <exception>
#include <string>

namespace serval::detail {

/// REQUIRES: not null.
[[nodiscard]] inline std::string fault_text(const std::exception_ptr& fault) {
  try {
    std::rethrow_exception(fault);
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "an exception that is no std::exception";
  }
}

}  // namespace serval::detail
