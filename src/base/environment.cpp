// SPDX-License-Identifier: MIT
#include "base/environment.hpp"

#include <unistd.h>

#include <cstdlib>

namespace serval::detail {

std::optional<std::string> environment(const std::string& name) {
  // Safe: std::getenv only reads, and the library never changes the environment. A program that calls setenv while
  // threads run breaks the contract of setenv itself. The value is copied at once, so that a later change cannot move
  // it.
  const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
  if (value == nullptr) return std::nullopt;
  return value;
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
