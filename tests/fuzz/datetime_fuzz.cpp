// SPDX-License-Identifier: MIT
// Reads datetimes, dates, times of day and UUIDs from any text. Each is accepted or rejected with a fault, and an
// accepted value is the same after it is written and read again.
#include "types/scalar.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace serval;
using namespace serval::detail;

void require(bool condition) {
  if (!condition) std::abort();
}

void check_fault(const Fault& fault) {
  require(!fault.type.empty());
  require(!fault.msg.empty());
  require(fault.ctx.empty() || (fault.ctx.front() == '{' && fault.ctx.back() == '}'));
}

void check_datetime(std::string_view text) {
  DateTime value;
  DateTime again;
  Fault fault;
  if (!parse_datetime(text, value, fault)) return check_fault(fault);
  for (const Style style : {Style::model, Style::python}) {
    std::string shown;
    append_datetime(shown, value, style);
    require(parse_datetime(shown, again, fault));
    require(again.local == value.local && again.offset == value.offset);
  }
}

void check_date(std::string_view text) {
  std::chrono::year_month_day value;
  std::chrono::year_month_day again;
  Fault fault;
  if (!parse_date(text, value, fault)) return check_fault(fault);
  require(value.ok());
  require(parse_date(schema::to_iso_string(value), again, fault) && again == value);
}

void check_time(std::string_view text) {
  TimeOfDay value;
  TimeOfDay again;
  Fault fault;
  if (!parse_time(text, value, fault)) return check_fault(fault);
  require(parse_time(value.to_string(), again, fault) && again == value);
}

void check_uuid(std::string_view text) {
  Uuid value;
  Uuid again;
  Fault fault;
  if (!parse_uuid(text, value, fault)) return check_fault(fault);
  require(parse_uuid(value.to_string(), again, fault) && again == value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_datetime(text);
  check_date(text);
  check_time(text);
  check_uuid(text);
  return 0;
}
