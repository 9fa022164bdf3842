// SPDX-License-Identifier: MIT
// A place in the user's code, for messages. It replaces std::source_location, which clang 14 does not have.
#pragma once

#include <cstdint>

namespace serval {

class SourceLocation {
 public:
  constexpr SourceLocation() noexcept = default;

  /// As a default argument: the place of the call.
  [[nodiscard]] static constexpr SourceLocation current(const char* file = __builtin_FILE(),
                                                        std::uint_least32_t line = __builtin_LINE()) noexcept {
    SourceLocation location;
    location.file_ = file;
    location.line_ = line;
    return location;
  }
  [[nodiscard]] constexpr const char* file_name() const noexcept { return file_; }
  [[nodiscard]] constexpr std::uint_least32_t line() const noexcept { return line_; }

 private:
  const char* file_ = "";
  std::uint_least32_t line_ = 0;
};

}  // namespace serval
