// SPDX-License-Identifier: MIT
// Errors of setting up: what a programmer got wrong before the first request. Faults of a client
// are `HttpError` (http/http_error.hpp) and never leave the request they belong to.
#pragma once

#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

namespace serval {

/// A mistake in setting up the application: a bad pattern, a conflict between routes, an unknown
/// parameter name, an option out of range. Thrown at registration or at start, never while serving.
class SetupError : public std::logic_error {
 public:
  /// `what()` is "<file>:<line>: <message>"; the message says what to change.
  explicit SetupError(std::string_view message, std::source_location where = std::source_location::current());

  [[nodiscard]] const std::source_location& where() const noexcept { return where_; }

 private:
  std::source_location where_;
};

/// "<file>:<line>", the form in which messages name a place in the user's code.
[[nodiscard]] std::string to_string(const std::source_location& where);

}  // namespace serval
