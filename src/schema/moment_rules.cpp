// SPDX-License-Identifier: MIT
#include "schema/moment_rules.hpp"

#include <chrono>

#include <serval/types/datetime.hpp>

namespace serval::detail {

namespace {

bool check_date(const Rules& rules, std::chrono::sys_days date, Fault& fault) {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  if (rules.past && date >= today) return refuse(fault, {.type = "date_past", .msg = "Date should be in the past"});
  if (rules.future && date <= today)
    return refuse(fault, {.type = "date_future", .msg = "Date should be in the future"});
  return true;
}

bool check_datetime(const Rules& rules, const DateTime& moment, Fault& fault) {
  const auto now = DateTime::now().utc();
  if (rules.past && moment.utc() >= now)
    return refuse(fault, {.type = "datetime_past", .msg = "Input should be in the past"});
  if (rules.future && moment.utc() <= now)
    return refuse(fault, {.type = "datetime_future", .msg = "Input should be in the future"});
  return true;
}

bool check_offset(const Rules& rules, bool is_naive, Fault& fault) {
  if (rules.aware && is_naive)
    return refuse(fault, {.type = "timezone_aware", .msg = "Input should have timezone info"});
  if (rules.naive && !is_naive)
    return refuse(fault, {.type = "timezone_naive", .msg = "Input should not have timezone info"});
  return true;
}

}  // namespace

bool check_moment(const Type& type, const Rules& rules, const void* value, Fault& fault) {
  if (type.kind == Kind::date) {
    std::chrono::year_month_day date;
    type.ops.scalar->load(value, &date);
    return check_date(rules, date, fault);
  }
  if (type.kind == Kind::datetime) {
    DateTime moment;
    type.ops.scalar->load(value, &moment);
    return check_datetime(rules, moment, fault) && check_offset(rules, moment.is_naive(), fault);
  }
  return true;
}

}  // namespace serval::detail
