// SPDX-License-Identifier: MIT
// Reads one scalar value from text or from a JSON value by the descriptor of its type. decoder.hpp handles containers.
#pragma once

#include <string_view>

#include <serval/schema/type.hpp>

#include "json/tape.hpp"
#include "types/fault.hpp"

namespace serval::detail {

/// How strict a conversion is: lax accepts "1" for an integer, strict only values with the JSON type of the target.
enum class Mode : std::uint8_t { lax, strict };

/// Whether values of that kind are scalars, made from one text or number.
[[nodiscard]] bool is_scalar(Kind kind) noexcept;

/// Reads path, query, header, cookie and form values, and strings in JSON. REQUIRES: `is_scalar(type.kind)`.
bool scalar_from_text(const Type& type, std::string_view text, void* out, Fault& fault);

/// REQUIRES: `is_scalar(type.kind)`.
bool scalar_from_json(const Type& type, JsonValue value, Mode mode, void* out, Fault& fault);

/// The index of a literal's value that equals the input, or the number of its values. 1.0 and true equal 1, as Python
/// compares. REQUIRES: `type.kind` is `Kind::literal`.
[[nodiscard]] std::size_t find_literal(const Type& type, JsonValue value);

/// The choices of an enumeration or literal, each as Python's repr writes it: `'a', 'b' or 'c'` if `last` is " or ".
void append_choices(std::string& out, const Type& type, std::string_view separator, std::string_view last);

}  // namespace serval::detail
