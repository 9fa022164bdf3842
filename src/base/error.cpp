// SPDX-License-Identifier: MIT
#include <serval/base/error.hpp>

namespace serval {

std::string to_string(const std::source_location& where) {
  return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

SetupError::SetupError(std::string_view message, std::source_location where)
    : std::logic_error(to_string(where) + ": " + std::string(message)), where_(where) {}

}  // namespace serval
