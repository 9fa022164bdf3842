// SPDX-License-Identifier: MIT
#include <serval/http/http_date.hpp>

#include <array>
#include <cstddef>
#include <span>

#include "base/ascii.hpp"

namespace serval::http {
namespace {

using detail::append_two_digits;
using Clock = std::chrono::system_clock;

constexpr std::array<std::string_view, 7> day_names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 7> long_day_names = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                            "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct DateParts {
  int year = 0;
  unsigned month = 0;  // 1 to 12
  unsigned day = 0;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
};

// Parses a text from the left; after the first mismatch it stays failed.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Reader& literal(std::string_view expected) {
    if (rest_.substr(0, expected.size()) == expected) {
      rest_.remove_prefix(expected.size());
    } else {
      failed_ = true;
    }
    return *this;
  }

  template <class Number>
  Reader& digits(std::size_t count, Number& value) {
    value = 0;
    failed_ = failed_ || rest_.size() < count;
    for (std::size_t taken = 0; !failed_ && taken < count; ++taken) {
      failed_ = !detail::is_digit(rest_[taken]);
      value = value * 10 + static_cast<Number>(rest_[taken] - '0');
    }
    if (!failed_) rest_.remove_prefix(count);
    return *this;
  }

  // One of the names; `index` counts from 0.
  Reader& name(std::span<const std::string_view> names, unsigned& index) {
    for (index = 0; index < names.size(); ++index) {
      if (rest_.substr(0, names[index].size()) == names[index]) return literal(names[index]);
    }
    failed_ = true;
    return *this;
  }
  Reader& any_of(std::span<const std::string_view> names) {
    unsigned ignored = 0;
    return name(names, ignored);
  }

  Reader& month(DateParts& parts) {
    name(month_names, parts.month);
    ++parts.month;
    return *this;
  }
  Reader& time_of_day(DateParts& parts) {
    return digits(2, parts.hour).literal(":").digits(2, parts.minute).literal(":").digits(2, parts.second);
  }

  [[nodiscard]] bool at(char byte) const { return !rest_.empty() && rest_.front() == byte; }
  [[nodiscard]] bool took_all() const { return !failed_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

std::optional<Clock::time_point> to_time(const DateParts& parts) {
  namespace chrono = std::chrono;
  const chrono::year_month_day date{chrono::year{parts.year}, chrono::month{parts.month}, chrono::day{parts.day}};
  // 60 is a leap second.
  if (!date.ok() || parts.hour > 23 || parts.minute > 59 || parts.second > 60) return std::nullopt;
  const chrono::sys_seconds time = chrono::sys_days{date} + chrono::hours{parts.hour} + chrono::minutes{parts.minute} +
                                   chrono::seconds{parts.second};
  if (time >= chrono::floor<chrono::seconds>(Clock::time_point::max())) return Clock::time_point::max();
  if (time <= chrono::ceil<chrono::seconds>(Clock::time_point::min())) return Clock::time_point::min();
  return time;
}

// Sun, 06 Nov 1994 08:49:37 GMT
std::optional<Clock::time_point> parse_imf_fixdate(std::string_view text) {
  DateParts parts;
  Reader reader(text);
  reader.any_of(day_names).literal(", ").digits(2, parts.day).literal(" ").month(parts).literal(" ");
  reader.digits(4, parts.year).literal(" ").time_of_day(parts).literal(" GMT");
  return reader.took_all() ? to_time(parts) : std::nullopt;
}

// Sunday, 06-Nov-94 08:49:37 GMT
std::optional<Clock::time_point> parse_rfc850_date(std::string_view text) {
  DateParts parts;
  Reader reader(text);
  reader.any_of(long_day_names).literal(", ").digits(2, parts.day).literal("-").month(parts).literal("-");
  reader.digits(2, parts.year).literal(" ").time_of_day(parts).literal(" GMT");
  if (!reader.took_all()) return std::nullopt;
  const auto today = std::chrono::floor<std::chrono::days>(Clock::now());
  const int this_year = static_cast<int>(std::chrono::year_month_day{today}.year());
  parts.year += this_year - this_year % 100;
  if (parts.year > this_year + 50) parts.year -= 100;
  return to_time(parts);
}

// Sun Nov  6 08:49:37 1994
std::optional<Clock::time_point> parse_asctime_date(std::string_view text) {
  DateParts parts;
  Reader reader(text);
  reader.any_of(day_names).literal(" ").month(parts).literal(" ");
  if (reader.at(' ')) {
    reader.literal(" ").digits(1, parts.day);
  } else {
    reader.digits(2, parts.day);
  }
  reader.literal(" ").time_of_day(parts).literal(" ").digits(4, parts.year);
  return reader.took_all() ? to_time(parts) : std::nullopt;
}

}  // namespace

std::string format_http_date(Clock::time_point time) {
  namespace chrono = std::chrono;
  // In seconds: the clock's first day begins before the first tick that it can count.
  const chrono::sys_seconds second = chrono::floor<chrono::seconds>(time);
  const auto day = chrono::floor<chrono::days>(second);
  const chrono::year_month_day date{day};
  const chrono::hh_mm_ss clock{second - day};
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));

  std::string out;
  out.reserve(29);
  out += day_names[chrono::weekday{day}.c_encoding()];
  out += ", ";
  append_two_digits(out, static_cast<unsigned>(date.day()));
  out += ' ';
  out += month_names[static_cast<unsigned>(date.month()) - 1];
  out += ' ';
  append_two_digits(out, year / 100);
  append_two_digits(out, year % 100);
  out += ' ';
  append_two_digits(out, static_cast<unsigned>(clock.hours().count()));
  out += ':';
  append_two_digits(out, static_cast<unsigned>(clock.minutes().count()));
  out += ':';
  append_two_digits(out, static_cast<unsigned>(clock.seconds().count()));
  out += " GMT";
  return out;
}

std::optional<Clock::time_point> parse_http_date(std::string_view text) {
  if (const auto time = parse_imf_fixdate(text)) return time;
  if (const auto time = parse_rfc850_date(text)) return time;
  return parse_asctime_date(text);
}

}  // namespace serval::http
