// SPDX-License-Identifier: MIT
// Why a value of the program cannot be written, and which member of which model it is.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace serval::detail {

/// Thrown by the encoder for a value without a text form; each enclosing model adds the member's name.
class Unwritable : public std::domain_error {
 public:
  explicit Unwritable(std::string why, std::string place = {})
      : std::domain_error(place.empty() ? why : place + ": " + why), why_(std::move(why)), place_(std::move(place)) {}

  /// The same error for a value inside that member.
  [[nodiscard]] Unwritable within(std::string_view member) const {
    return Unwritable(why_, std::string(member) + (place_.empty() ? "" : "." + place_));
  }

 private:
  std::string why_;
  std::string place_;
};

}  // namespace serval::detail
