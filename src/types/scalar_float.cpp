// SPDX-License-Identifier: MIT
#include "types/scalar_float.hpp"

#include "base/ascii.hpp"
#include "types/scalar_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace serval::detail {
namespace {

/// Whether a literal that from_chars found out of range is too large rather than too small, by the place of its first
/// digit that is not zero. REQUIRES: an unsigned decimal literal with such a digit.
bool is_too_large(std::string_view literal) noexcept {
  const std::size_t mantissa_end = std::min(literal.find_first_of("eE"), literal.size());
  const std::string_view mantissa = literal.substr(0, mantissa_end);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = mantissa.find_first_of("123456789");
  const auto place = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);

  std::string_view exponent_text = literal.substr(std::min(mantissa_end + 1, literal.size()));
  if (!exponent_text.empty() && exponent_text.front() == '+') exponent_text.remove_prefix(1);
  std::int64_t exponent = 0;
  const char* end = exponent_text.data() + exponent_text.size();
  if (std::from_chars(exponent_text.data(), end, exponent).ec == std::errc::result_out_of_range) {
    return exponent_text.front() != '-';
  }
  return exponent > -place;
}

/// The literals without digits. `text` has no sign.
bool parse_special(std::string_view text, double& out) noexcept {
  if (equals_ignoring_case(text, "nan")) {
    out = std::numeric_limits<double>::quiet_NaN();
    return true;
  }
  if (equals_ignoring_case(text, "inf") || equals_ignoring_case(text, "infinity")) {
    out = std::numeric_limits<double>::infinity();
    return true;
  }
  return false;
}

bool scan_float(std::string_view text, double& out) noexcept {
  if (scan_decimal(text, out)) return true;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  if (!parse_special(text, out)) return false;
  if (negative) out = -out;
  return true;
}

/// Whether `_` may be dropped from `text`: it has some, none at an end and no two together.
bool has_droppable_underscores(std::string_view text) noexcept {
  return text.find('_') != std::string_view::npos && text.front() != '_' && text.back() != '_' &&
         text.find("__") == std::string_view::npos;
}

bool scan_float_without_underscores(std::string_view text, double& out) {
  // Longer than any hand-grouped literal; beyond it the copy is on the heap.
  std::array<char, 128> near;
  if (text.size() <= near.size()) {
    const char* end = std::remove_copy(text.begin(), text.end(), near.begin(), '_');
    return scan_float({near.data(), static_cast<std::size_t>(end - near.data())}, out);
  }
  std::string far(text);
  std::erase(far, '_');
  return scan_float(far, out);
}

}  // namespace

bool scan_decimal(std::string_view text, double& out) noexcept {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  // from_chars also reads a minus, inf and nan; none of them may follow here.
  if (text.empty() || !(is_digit(text.front()) || text.front() == '.')) return false;
  const char* end = text.data() + text.size();
  double value = 0;
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc::invalid_argument || stopped != end) return false;
  if (error == std::errc::result_out_of_range) {
    value = is_too_large(text) ? std::numeric_limits<double>::infinity() : 0.0;
  }
  out = negative ? -value : value;
  return true;
}

bool parse_float(std::string_view text, double& out, Fault& fault) {
  if (scan_float(trim_white_space(text), out)) return true;
  // The untrimmed text: white space and `_` together are refused, as Pydantic does.
  if (has_droppable_underscores(text) && scan_float_without_underscores(text, out)) return true;
  return refuse(fault, fault_float_parsing());
}

void append_bound(std::string& out, double bound) {
  if (std::isnan(bound)) {
    out += "NaN";
    return;
  }
  if (std::signbit(bound)) out += '-';
  if (std::isinf(bound)) {
    out += "inf";
    return;
  }
  // The shortest digits have the form d.ddde+XX; the code then moves the point itself, since the fixed format of
  // to_chars writes large values to the last binary digit.
  std::array<char, 32> buffer;
  const auto written =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(bound), std::chars_format::scientific);
  std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  std::string digits(1, text.front());
  if (e > 2) digits += text.substr(2, e - 2);
  int exponent = 0;
  std::from_chars(buffer.data() + e + 2, written.ptr, exponent);
  if (text[e + 1] == '-') exponent = -exponent;
  if (exponent < 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-exponent - 1), '0');
    out += digits;
    return;
  }
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) {
    out += digits;
    out.append(whole - digits.size(), '0');
    return;
  }
  out.append(digits, 0, whole);
  out += '.';
  out.append(digits, whole);
}

}  // namespace serval::detail
