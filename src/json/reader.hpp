// SPDX-License-Identifier: MIT
// Reads a JSON body into a tape: one pass, no recursion, no copy. It accepts and refuses the same texts as Python's
// json.loads, with the same messages and positions (CPython 3.13 and newer), because clients of an API see them in a
// 422.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "json/tape.hpp"

namespace serval::detail {

/// Where and why a text is not JSON.
struct JsonSyntaxError {
  std::size_t position = 0;  ///< In code points of the decoded text, from 0, without a byte order mark.
  std::string message;       ///< JSONDecodeError.msg, such as "Expecting value".
};

/// The most digits of an integer literal: the default of Python's int().
inline constexpr std::size_t max_integer_digits = 4300;

/// A parsed JSON text. It keeps its storage from one parse to the next; threads must not share it.
class JsonDocument {
 public:
  enum class Outcome : std::uint8_t {
    ok,
    invalid,     ///< Not JSON, see error(); a client gets a 422.
    unreadable,  ///< Not UTF-8, nested too deep, an integer of too many digits, 4 GiB or more: a client gets a 400.
  };

  JsonDocument() = default;
  // Values point to the tape inside.
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  /// Reads `body`, which must outlive the use of the values. `max_depth` limits the nesting of arrays and objects; 0 is
  /// no limit.
  [[nodiscard]] Outcome parse(std::string_view body, std::size_t max_depth);

  /// REQUIRES: the last parse gave Outcome::invalid.
  [[nodiscard]] const JsonSyntaxError& error() const noexcept { return error_; }

  /// The text to which nodes refer: UTF-8 without a byte order mark; the body itself unless that is UTF-16 or UTF-32.
  [[nodiscard]] std::string_view text() const noexcept { return tape_.text; }

  /// REQUIRES: the last parse gave Outcome::ok.
  [[nodiscard]] JsonValue root() const noexcept { return {tape_, 0}; }

 private:
  JsonTape tape_;
  JsonSyntaxError error_;
  std::string decoded_;
};

}  // namespace serval::detail
