// SPDX-License-Identifier: MIT
#include "schema/text_pattern.hpp"

#include <memory>
#include <unordered_map>

#include <re2/re2.h>

namespace serval::detail {

const re2::RE2& compiled_pattern(std::string_view pattern) {
  // Patterns are template arguments, so there are few, and they live forever.
  thread_local std::unordered_map<const char*, std::unique_ptr<re2::RE2>> cache;
  std::unique_ptr<re2::RE2>& entry = cache[pattern.data()];
  if (!entry) entry = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), re2::RE2::Quiet);
  return *entry;
}

}  // namespace serval::detail
