// SPDX-License-Identifier: MIT
#include "json/tape.hpp"

#include <charconv>
#include <limits>
#include <system_error>

#include "json/encoding.hpp"

namespace serval::detail {
namespace {

// The reader has checked the text: these are four hex digits.
std::uint32_t hex4(const char* digits) {
  std::uint32_t value = 0;
  std::from_chars(digits, digits + 4, value, 16);
  return value;
}

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Decodes the escape after `p`, a `u` and its digits, and the next escape if both form a surrogate pair. Returns the
// position after them.
const char* append_unicode_escape(std::string& out, const char* p, const char* end) {
  std::uint32_t code = hex4(p + 1);
  p += 5;
  if (is_high_surrogate(code) && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
    if (const std::uint32_t low = hex4(p + 2); is_low_surrogate(low)) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      p += 6;
    }
  }
  append_utf8(out, code);
  return p;
}

char simple_escape(char letter) {
  switch (letter) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return letter;  // quote, backslash, slash
  }
}

void append_unescaped(std::string& out, std::string_view span) {
  const char* p = span.data();
  const char* const end = p + span.size();
  while (p != end) {
    const char* const run = p;
    while (p != end && *p != '\\') ++p;
    out.append(run, p);
    if (p == end) return;
    ++p;
    if (*p == 'u') {
      p = append_unicode_escape(out, p, end);
    } else {
      out.push_back(simple_escape(*p++));
    }
  }
}

// std::from_chars reports that a literal is out of range, but not on which side: the power of ten of its first
// significant digit shows that.
bool is_beyond_double(std::string_view literal) {
  if (literal.front() == '-') literal.remove_prefix(1);
  const std::size_t e = literal.find_first_of("eE");
  const std::string_view mantissa = literal.substr(0, e);
  std::int64_t exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view digits = literal.substr(e + 1);
    if (digits.front() == '+') digits.remove_prefix(1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), exponent).ec == std::errc::result_out_of_range) {
      return digits.front() != '-';
    }
  }
  const auto point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  const auto significant = static_cast<std::int64_t>(mantissa.find_first_of("123456789"));
  const std::int64_t magnitude = significant < point ? point - significant - 1 : point - significant;
  return exponent > -magnitude;
}

}  // namespace

std::string_view JsonValue::string(std::string& scratch) const {
  if (!node().escaped) return span();
  scratch.clear();
  append_unescaped(scratch, span());
  return scratch;
}

bool JsonValue::equals(std::string_view text) const {
  if (!is_string()) return false;
  if (!node().escaped) return span() == text;
  std::string scratch;
  return string(scratch) == text;
}

double JsonValue::number() const noexcept {
  const std::string_view literal = span();
  double value = 0;
  const auto [rest, fault] = std::from_chars(literal.data(), literal.data() + literal.size(), value);
  if (fault == std::errc{}) return value;
  const double size = is_beyond_double(literal) ? std::numeric_limits<double>::infinity() : 0.0;
  return literal.front() == '-' ? -size : size;
}

std::optional<JsonValue> JsonValue::find(std::string_view key) const {
  std::optional<JsonValue> found;
  if (!is_object() || size() == 0) return found;
  JsonValue name = first();
  for (std::size_t left = size(); left > 0; --left) {
    const JsonValue value = name.next();
    if (name.equals(key)) found = value;
    name = value.next();
  }
  return found;
}

}  // namespace serval::detail
