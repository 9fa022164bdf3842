// SPDX-License-Identifier: MIT
// Appends numbers as JSON text.
#pragma once

#include <cstdint>
#include <string>

namespace serval::detail {

/// One of the two text forms of a floating-point number: both have the shortest digits that read back as the same
/// value.
enum class FloatStyle : std::uint8_t {
  python,  ///< repr(): `1e-07`, `1e+16`; fixed from 1e-4 to below 1e16. Plain values and an error's input and ctx.
  model,   ///< `1e-7`, `1e+16`; fixed from 1e-5 to below 1e16. Values that a response model describes.
};

void append_int(std::string& out, std::int64_t value);
void append_uint(std::string& out, std::uint64_t value);

/// Appends `value`, always with a point or an exponent. False, and nothing is appended, for NaN and infinities.
[[nodiscard]] bool append_double(std::string& out, double value, FloatStyle style);

/// As append_double, with the shortest digits that read back as the same float.
[[nodiscard]] bool append_float(std::string& out, float value, FloatStyle style);

/// The double with the same shortest digits, so that a tree that contains it is written like the float: 0.1, not
/// 0.10000000149011612.
[[nodiscard]] double double_of(float value) noexcept;

}  // namespace serval::detail
