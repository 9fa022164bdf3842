// SPDX-License-Identifier: MIT
#include "http/root_path.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace serval::detail {

bool is_root_path(std::string_view path) noexcept {
  if (path.empty()) return true;
  if (path.front() != '/' || path.back() == '/' || path.find("//") != std::string_view::npos) return false;
  return std::none_of(path.begin(), path.end(),
                      [](char c) { return is_control(c) || c == ' ' || c == '?' || c == '#' || c == '\\'; });
}

}  // namespace serval::detail
