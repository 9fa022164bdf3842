// SPDX-License-Identifier: MIT
#include "base/utc_time.hpp"

#include "base/ascii.hpp"

namespace serval::detail {

void append_clock(std::string& out, const UtcTime& time) {
  append_two_digits(out, time.clock.hours().count());
  out += ':';
  append_two_digits(out, time.clock.minutes().count());
  out += ':';
  append_two_digits(out, time.clock.seconds().count());
}

void append_rfc3339(std::string& out, const UtcTime& time) {
  out.append(std::to_string(static_cast<int>(time.date.year()))).append("-");
  append_two_digits(out, static_cast<unsigned>(time.date.month()));
  out += '-';
  append_two_digits(out, static_cast<unsigned>(time.date.day()));
  out += 'T';
  append_clock(out, time);
  const auto thousandths = time.clock.subseconds().count();
  out.append(".").append(1, static_cast<char>('0' + thousandths / 100));
  append_two_digits(out, thousandths);
  out += 'Z';
}

}  // namespace serval::detail
