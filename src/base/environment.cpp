// SPDX-License-Identifier: MIT
#include "base/environment.hpp"

#include <unistd.h>

#include <utility>

namespace serval::detail {

std::optional<std::string> environment(const std::string& name) {
  std::map<std::string, std::string> found = environment_with_prefix(name);
  const auto variable = found.find(name);
  if (variable == found.end()) return std::nullopt;
  return std::move(variable->second);
}

std::map<std::string, std::string> environment_with_prefix(std::string_view prefix) {
  std::map<std::string, std::string> found;
  if (::environ == nullptr) return found;  // after clearenv
  for (const char* const* entry = ::environ; *entry != nullptr; ++entry) {
    const std::string_view variable = *entry;
    const std::size_t equals = variable.find('=');
    if (equals == std::string_view::npos || !variable.starts_with(prefix)) continue;
    found.emplace(variable.substr(0, equals), variable.substr(equals + 1));
  }
  return found;
}

}  // namespace serval::detail
