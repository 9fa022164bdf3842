// SPDX-License-Identifier: MIT
// Set-up errors: mistakes of the programmer, found before the first request. Errors of a client are `HttpError`
// (http/http_error.hpp) and never leave their request.
#pragma once

#include <serval/base/source_location.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace serval {

/// A mistake in the set-up of the application: a bad pattern, a conflict between routes, an unknown
/// parameter name, an option out of range. Thrown at registration or at start, never while serving.
class SetupError : public std::logic_error {
 public:
  /// `what()` is "<file>:<line>: <message>", or only the message if `where` is empty, for example for an option of the
  /// application; the message says what to change.
  explicit SetupError(std::string_view message, SourceLocation where = SourceLocation::current());

  /// The place in the program that caused it; its line is 0 if the place is not known.
  [[nodiscard]] const SourceLocation& where() const noexcept { return where_; }

 private:
  SourceLocation where_;
};

/// "<file>:<line>", the form in which messages name a place in the user's code; empty for an empty place.
[[nodiscard]] std::string to_string(const SourceLocation& where);

}  // namespace serval
