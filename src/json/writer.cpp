// SPDX-License-Identifier: MIT
#include "json/writer.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

namespace serval::detail {
namespace {

constexpr int fixed_end = 16;  // both styles write an exponent from 1e16 on

template <class Integer>
void append_integer(std::string& out, Integer value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

// Significant digits without a point, and the power of ten of the first of them.
struct Decimal {
  char digits[20];
  int count = 0;
  int exponent = 0;
};

template <class Float>
Decimal shortest(Float magnitude) {
  char text[32];
  const char* const end = std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific).ptr;
  Decimal decimal;
  const char* p = text;
  for (; *p != 'e'; ++p) {
    if (*p != '.') decimal.digits[decimal.count++] = *p;
  }
  ++p;  // the exponent always has a sign, and from_chars takes no plus
  std::from_chars(*p == '+' ? p + 1 : p, end, decimal.exponent);
  return decimal;
}

void append_fixed(std::string& out, const Decimal& decimal) {
  const std::string_view digits(decimal.digits, static_cast<std::size_t>(decimal.count));
  if (decimal.exponent < 0) {
    out.append("0.").append(static_cast<std::size_t>(-decimal.exponent - 1), '0').append(digits);
    return;
  }
  const auto whole = static_cast<std::size_t>(decimal.exponent) + 1;
  if (whole >= digits.size()) {
    out.append(digits).append(whole - digits.size(), '0').append(".0");
  } else {
    out.append(digits.substr(0, whole)).append(1, '.').append(digits.substr(whole));
  }
}

void append_scientific(std::string& out, const Decimal& decimal, FloatStyle style) {
  out.push_back(decimal.digits[0]);
  if (decimal.count > 1) {
    out.push_back('.');
    out.append(decimal.digits + 1, static_cast<std::size_t>(decimal.count - 1));
  }
  out.append(decimal.exponent < 0 ? "e-" : "e+");
  const int exponent = std::abs(decimal.exponent);
  if (style == FloatStyle::python && exponent < 10) out.push_back('0');
  append_integer(out, exponent);
}

// Most numbers have a moderate size. For these std::to_chars chooses the fixed form unless it is longer, and writes
// exactly the text of both styles. False if it chose the other form.
template <class Float>
bool append_middling(std::string& out, Float magnitude) {
  if (magnitude < Float(1e-4)) return false;
  char text[32];
  const char* const end = std::to_chars(text, text + sizeof text, magnitude).ptr;
  const std::string_view written(text, static_cast<std::size_t>(end - text));
  if (written.find('e') != std::string_view::npos) return false;
  out.append(written);
  return true;
}

template <class Float>
bool append_real(std::string& out, Float value, FloatStyle style) {
  if (!std::isfinite(value)) return false;
  if (std::signbit(value)) out.push_back('-');
  const Float magnitude = std::fabs(value);
  // Up to this limit the type represents all whole numbers exactly, so that their shortest digits are those of the
  // integer.
  constexpr auto exact = static_cast<Float>(std::uint64_t{1} << std::numeric_limits<Float>::digits);
  if (magnitude < exact) {
    if (magnitude == std::trunc(magnitude)) {
      append_integer(out, static_cast<std::uint64_t>(magnitude));
      out.append(".0");
      return true;
    }
    if (append_middling(out, magnitude)) return true;
  }
  const int fixed_begin = style == FloatStyle::python ? -4 : -5;
  const Decimal decimal = shortest(magnitude);
  if (decimal.exponent >= fixed_begin && decimal.exponent < fixed_end) {
    append_fixed(out, decimal);
  } else {
    append_scientific(out, decimal, style);
  }
  return true;
}

}  // namespace

void append_int(std::string& out, std::int64_t value) { append_integer(out, value); }

void append_uint(std::string& out, std::uint64_t value) { append_integer(out, value); }

bool append_double(std::string& out, double value, FloatStyle style) { return append_real(out, value, style); }

bool append_float(std::string& out, float value, FloatStyle style) { return append_real(out, value, style); }

double double_of(float value) noexcept {
  if (!std::isfinite(value)) return value;
  char digits[32];
  double read = 0;
  // In fixed form a large float has all digits of the binary value, not the shortest ones.
  const char* const end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::scientific).ptr;
  std::from_chars(digits, end, read);
  return read;
}

}  // namespace serval::detail
