// SPDX-License-Identifier: MIT
// JSON values as handlers build, take and return them. The only public header that includes nlohmann's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace serval {

/// A JSON value that keeps the order in which its members were written.
using json = nlohmann::ordered_json;

}  // namespace serval

// The members of the class are compiled once, within the library: a program's own files compile up to a third faster.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace serval {

/// How deep arrays and objects may be nested in what append_json() writes and parse_json() reads.
inline constexpr std::size_t max_json_nesting = 1000;

/// Appends `value` as JSON: no white space, members in the order in which they stand, only quotes, backslashes and
/// control characters escaped, bytes that are no UTF-8 replaced by U+FFFD, numbers as Python writes them (1.0, 1e+16),
/// NaN and infinities as null.
/// Throws std::domain_error for binary data and for deeper nesting than `max_json_nesting`; `out` is then as it was.
void append_json(std::string& out, const json& value);
void append_json(std::string& out, const nlohmann::json& value);

/// What append_json() appends.
[[nodiscard]] std::string to_text(const json& value);

/// Reads a JSON text of UTF-8, UTF-16 or UTF-32. Of a repeated key the last value counts; an integer beyond 64 bits
/// becomes a double; a number beyond the range of double is infinite.
/// Throws std::invalid_argument: "Expecting value: line 1 column 1 (char 0)".
[[nodiscard]] json parse_json(std::string_view text);

}  // namespace serval
