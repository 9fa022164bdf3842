// SPDX-License-Identifier: MIT
#include <serval/base/error.hpp>

namespace serval {

namespace {

std::string with_place(std::string_view message, const SourceLocation& where) {
  std::string out = to_string(where);
  if (!out.empty()) out += ": ";
  return out.append(message);
}

}  // namespace

std::string to_string(const SourceLocation& where) {
  if (where.line() == 0) return {};
  return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

SetupError::SetupError(std::string_view message, SourceLocation where)
    : std::logic_error(with_place(message, where)), where_(where) {}

}  // namespace serval
