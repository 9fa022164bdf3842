// SPDX-License-Identifier: MIT
// Values that must not show in answers and logs.
#pragma once

#include <string>
#include <utility>

namespace serval {

/// Holds a password, a token or another text that is read but never shown: in an answer and in a `json` it is
/// "**********", it cannot be streamed, and no conversion gives it away but `reveal`. The 422 of a value that its rules
/// refuse repeats the value to who sent it.
template <class T = std::string>
class Secret {
 public:
  Secret() = default;
  explicit Secret(T value) : value_(std::move(value)) {}
  [[nodiscard]] const T& reveal() const noexcept { return value_; }

 private:
  T value_{};
};

}  // namespace serval
