// SPDX-License-Identifier: MIT
// The text of an exception for the log.
#pragma once

#include <exception>
#include <new>
#include <string>

#include <serval/base/thrown.hpp>

namespace serval::detail {

/// REQUIRES: not null. If there is not enough memory for the text, "out of memory".
[[nodiscard]] inline std::string fault_text(const std::exception_ptr& fault) noexcept {
  try {
    std::string text;
    const bool is_told =
        with_thrown<const std::exception&>(fault, [&](const std::exception& error) { text = error.what(); });
    return is_told ? text : "an exception that is not a std::exception";
  } catch (const std::bad_alloc&) {
    return "out of memory";  // short enough to need no allocation
  }
}

}  // namespace serval::detail
