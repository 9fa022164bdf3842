// SPDX-License-Identifier: MIT
#include "surroundings.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace serval::tool {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace serval::tool
