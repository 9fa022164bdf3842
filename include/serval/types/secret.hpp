// SPDX-License-Identifier: MIT
// Values that must not be visible in responses and logs.
#pragma once

#include <string>
#include <utility>

namespace serval {

/// Holds a password, a token or another text that is read but never shown: in a response and in a `json` it is
/// "**********", it cannot be streamed, and only `reveal` returns the value. If its rules refuse a value, the 422 shows
/// the value to the client that sent it.
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
