// SPDX-License-Identifier: MIT
#include <serval/base/error.hpp>

namespace serval {

std::string to_string(const SourceLocation& where) {
  return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

SetupError::SetupError(std::string_view message, SourceLocation where)
    : std::logic_error(to_string(where) + ": " + std::string(message)), where_(where) {}

}  // namespace serval
