// SPDX-License-Identifier: MIT
// One scalar value from text or from a JSON value, by the descriptor of its type. Containers are decoder.hpp's.
#pragma once

#include <string_view>

#include <serval/schema/type.hpp>

#include "schema/fault.hpp"
#include "schema/json_tape.hpp"

namespace serval::detail {

/// How willing a conversion is: lax takes "1" for an integer, strict only what has the JSON type of the target.
enum class Mode : std::uint8_t { lax, strict };

/// Whether values of that kind are scalars: made of one text or number.
[[nodiscard]] bool is_scalar(Kind kind) noexcept;

/// Path, query, header, cookie and form values, and strings within JSON. REQUIRES: `is_scalar(type.kind)`.
bool scalar_from_text(const Type& type, std::string_view text, void* out, Fault& fault);

/// REQUIRES: `is_scalar(type.kind)`.
bool scalar_from_json(const Type& type, JsonValue value, Mode mode, void* out, Fault& fault);

/// "'a', 'b' or 'c'": how messages list what an enumeration or literal takes, as Python's repr writes them.
[[nodiscard]] std::string expected_values(const Type& type);

}  // namespace serval::detail
