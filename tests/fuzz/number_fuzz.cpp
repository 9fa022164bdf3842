// SPDX-License-Identifier: MIT
// Reads integers, floats and booleans from any text, and converts the first eight bytes as a JSON number to every type
// that accepts one. Each is accepted or rejected with a fault, and integers agree with floats of the same text.
#include "types/scalar.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

using namespace serval;
using namespace serval::detail;

void require(bool condition) {
  if (!condition) std::abort();
}

void check_text(std::string_view text) {
  Fault fault;
  Integer whole;
  const bool is_integer = parse_integer(text, whole, fault);
  require(is_integer == fault.type.empty());

  fault = {};
  double number = 0;
  const bool is_float = parse_float(text, number, fault);
  require(is_float == fault.type.empty());
  if (is_integer && is_float && !whole.beyond) {
    const auto magnitude = static_cast<double>(whole.magnitude);
    require(number == (whole.negative ? -magnitude : magnitude));
  }

  fault = {};
  bool truth = false;
  require(parse_bool(text, truth, fault) == fault.type.empty());
  require(count_code_points(text) <= text.size());
}

void check_number(double number, std::int64_t whole) {
  Fault fault;
  Integer integer;
  if (integer_from_double(number, integer, fault)) {
    require(static_cast<double>(integer.as<std::int64_t>().value()) == number);
  }
  bool truth = false;
  DateTime moment;
  std::chrono::year_month_day date;
  TimeOfDay time;
  std::chrono::microseconds duration{};
  (void)bool_from_double(number, truth, fault);
  if (datetime_from_double(number, moment, fault)) (void)moment.to_string();
  if (datetime_from_integer(Integer::of(whole), moment, fault)) (void)moment.to_string();
  if (date_from_double(number, date, fault)) require(date.ok());
  if (date_from_integer(Integer::of(whole), date, fault)) require(date.ok());
  if (time_from_double(number, time, fault)) (void)time.to_string();
  if (time_from_integer(Integer::of(whole), time, fault)) (void)time.to_string();
  if (duration_from_double(number, duration, fault)) (void)schema::to_iso_string(duration);
  if (duration_from_integer(Integer::of(whole), duration, fault)) (void)schema::to_iso_string(duration);
  std::string text;
  append_bound(text, number);
  require(!text.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_text({reinterpret_cast<const char*>(data), size});
  if (size >= sizeof(double)) {
    double number = 0;
    std::int64_t whole = 0;
    std::memcpy(&number, data, sizeof number);
    std::memcpy(&whole, data, sizeof whole);
    check_number(number, whole);
  }
  return 0;
}
