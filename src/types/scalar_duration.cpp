// SPDX-License-Identifier: MIT
#include "types/scalar_duration.hpp"

#include "base/ascii.hpp"
#include "types/scalar_clock.hpp"

#include <cmath>

namespace serval::detail {
namespace {

using std::chrono::microseconds;

/// Each quantity, and each sum of quantities, has to fit 32 bits, as in speedate.
constexpr std::int64_t highest_quantity = 4'294'967'295;
constexpr std::int64_t highest_day = 999'999'999;
constexpr std::int64_t seconds_a_day = 86'400;

/// A duration without carries between its parts: a sign and absolute parts.
struct Parts {
  bool negative = false;
  std::int64_t days = 0;
  std::int64_t seconds = 0;
  std::int64_t micros = 0;
};

/// Adds to a sum of quantities. REQUIRES: both at most 32 bits wide, times a factor of at most 3600.
Problem add_checked(std::int64_t& sum, std::int64_t more) noexcept {
  sum += more;
  return sum > highest_quantity ? problem::duration_value_too_large : Problem{};
}

/// Carries between the parts and combines them with the sign.
Problem join(Parts parts, microseconds& out) noexcept {
  parts.seconds += parts.micros / 1'000'000;
  parts.micros %= 1'000'000;
  parts.days += parts.seconds / seconds_a_day;
  parts.seconds %= seconds_a_day;
  if (parts.days > highest_quantity) return problem::duration_value_too_large;
  if (parts.days > highest_day) return problem::duration_days_too_large;
  // Counted below zero for a negative sign: the lowest count of microseconds has no positive counterpart.
  const std::int64_t sign = parts.negative ? -1 : 1;
  std::int64_t micros = 0;
  if (__builtin_mul_overflow(sign * (parts.days * seconds_a_day + parts.seconds), std::int64_t{1'000'000}, &micros) ||
      __builtin_add_overflow(micros, sign * parts.micros, &micros))
    return problem::duration_value_too_large;
  out = microseconds(micros);
  return {};
}

/// A view that is consumed from the front.
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] bool done() const noexcept { return rest_.empty(); }
  [[nodiscard]] char next() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }
  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
  void skip() noexcept { rest_.remove_prefix(1); }
  bool skip_if(char c) noexcept {
    if (rest_.empty() || rest_.front() != c) return false;
    skip();
    return true;
  }

  Problem number(std::int64_t& out) noexcept {
    if (!is_digit(next())) return problem::duration_digit;
    for (out = 0; is_digit(next()); skip()) {
      out = out * 10 + (next() - '0');
      if (out > highest_quantity) return problem::duration_value_too_large;
    }
    return {};
  }

  /// Reads the digits after a point as a fraction of one; returns whether there was a point.
  bool fraction(double& out) noexcept {
    if (!skip_if('.') && !skip_if(',')) return false;
    double digits = 0;
    double denominator = 1;
    // Beyond 300 digits neither number would be finite, and further digits have no effect.
    for (int taken = 0; is_digit(next()); skip()) {
      if (++taken > 300) continue;
      digits = digits * 10 + (next() - '0');
      denominator *= 10;
    }
    out = digits / denominator;
    return true;
  }

 private:
  std::string_view rest_;
};

std::int64_t days_in_unit(char unit) noexcept {
  switch (unit) {
    case 'Y':
      return 365;
    case 'M':
      return 30;
    case 'W':
      return 7;
    case 'D':
      return 1;
    default:
      return 0;
  }
}

std::int64_t seconds_in_unit(char unit) noexcept {
  switch (unit) {
    case 'H':
      return 3600;
    case 'M':
      return 60;
    case 'S':
      return 1;
    default:
      return 0;
  }
}

/// Adds `fraction` of `units` seconds.
Problem add_seconds(Parts& parts, double fraction, double units) noexcept {
  const double extra = fraction * units;
  const double whole = std::trunc(extra);
  parts.micros += std::llround((extra - whole) * 1'000'000.0);
  return add_checked(parts.seconds, static_cast<std::int64_t>(whole));
}

/// Adds `fraction` of `units` days.
Problem add_days(Parts& parts, double fraction, double units) noexcept {
  const double extra = fraction * units;
  const double whole = std::trunc(extra);
  const Problem found = add_checked(parts.days, static_cast<std::int64_t>(whole));
  return found.empty() ? add_seconds(parts, extra - whole, static_cast<double>(seconds_a_day)) : found;
}

/// Reads the part of an ISO 8601 duration after the `P`.
class IsoScanner {
 public:
  IsoScanner(std::string_view text, Parts& parts) noexcept : reader_(text), parts_(parts) {}

  Problem scan() noexcept {
    if (reader_.rest().empty() || reader_.rest() == "T") return problem::too_short;
    while (!reader_.done()) {
      if (reader_.skip_if('T')) {
        if (after_t_) return problem::duration_repeated_t;
        after_t_ = true;
      } else if (const Problem found = scan_quantity(); !found.empty()) {
        return found;
      }
    }
    return {};
  }

 private:
  /// One number with its unit, e.g. `1.5H`.
  Problem scan_quantity() noexcept {
    std::int64_t number = 0;
    if (const Problem found = reader_.number(number); !found.empty()) return found;
    double fraction = 0;
    const bool has_fraction = reader_.fraction(fraction);
    if (had_fraction_) return problem::duration_fraction;
    had_fraction_ = has_fraction;

    const std::int64_t factor = after_t_ ? seconds_in_unit(reader_.next()) : days_in_unit(reader_.next());
    if (factor == 0) return after_t_ ? problem::duration_time_unit : problem::duration_date_unit;
    reader_.skip();
    if (number * factor > highest_quantity) return problem::duration_value_too_large;
    const Problem found = add_checked(after_t_ ? parts_.seconds : parts_.days, number * factor);
    if (!found.empty() || !has_fraction) return found;
    return after_t_ ? add_seconds(parts_, fraction, static_cast<double>(factor))
                    : add_days(parts_, fraction, static_cast<double>(factor));
  }

  Reader reader_;
  Parts& parts_;
  bool after_t_ = false;
  bool had_fraction_ = false;
};

/// H...:MM[:SS[.f]]; up to 2.4 billion hours, the limit of speedate.
Problem scan_hours(std::string_view text, Parts& parts) noexcept {
  if (text.size() < 5) return problem::too_short;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return problem::invalid_hour;
  if (colon > 10) return problem::duration_hours_too_large;
  std::int64_t total_hours = 0;
  for (const char c : text.substr(0, colon)) {
    if (!is_digit(c)) return problem::invalid_hour;
    total_hours = total_hours * 10 + (c - '0');
  }
  if (total_hours > 2'400'000'000) return problem::duration_hours_too_large;

  const std::string_view rest = text.substr(colon + 1);
  if (rest.size() < 2) return problem::too_short;
  const int minute = two_digits_at(rest, 0);
  if (minute < 0) return problem::invalid_minute;
  if (minute > 59) return problem::minute_range;
  Seconds second;
  if (const Problem found = scan_seconds(rest.substr(2), second); !found.empty()) return found;
  if (rest.size() > 2 + second.length) return problem::extra_characters;
  parts.days += total_hours / 24;
  parts.seconds += total_hours % 24 * 3600 + minute * 60;
  parts.micros += second.value.count();
  return {};
}

/// The word after a number of days: `d`, `day` or `days`, in which only the first letter may have either case.
Problem skip_days_word(Reader& reader) noexcept {
  reader.skip_if(' ');
  if (!reader.skip_if('d') && !reader.skip_if('D')) return problem::duration_days_word;
  if (reader.skip_if('a')) {
    if (!reader.skip_if('y')) return problem::duration_days_word;
    reader.skip_if('s');
  } else if (reader.skip_if('A')) {
    if (!reader.skip_if('Y')) return problem::duration_days_word;
    reader.skip_if('S');
  }
  return {};
}

/// D day[s][,] H:MM[:SS[.f]], the time being less than a day.
Problem scan_days(std::string_view text, Parts& parts) noexcept {
  Reader reader(text);
  if (reader.done()) return problem::too_short;
  if (const Problem found = reader.number(parts.days); !found.empty()) return found;
  if (const Problem found = skip_days_word(reader); !found.empty()) return found;
  reader.skip_if(',');
  reader.skip_if(' ');
  if (reader.done()) return {};
  Parts time;
  if (const Problem found = scan_hours(reader.rest(), time); !found.empty()) return found;
  if (time.days > 0) return problem::duration_hours_too_large;
  parts.seconds = time.seconds;
  parts.micros = time.micros;
  return {};
}

Problem scan_duration(std::string_view text, microseconds& out) noexcept {
  Parts parts;
  parts.negative = !text.empty() && text.front() == '-';
  if (parts.negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  Problem found;
  if (!text.empty() && text.front() == 'P') {
    found = IsoScanner(text.substr(1), parts).scan();
  } else if (text.size() < 5 || text.find_first_of("dD") != std::string_view::npos) {
    found = scan_days(text, parts);
  } else {
    found = scan_hours(text, parts);
  }
  return found.empty() ? join(parts, out) : found;
}

bool finish(Problem found, microseconds value, microseconds& out, Fault& fault) {
  if (!found.empty()) return refuse(fault, fault_time_delta_parsing(found));
  out = value;
  return true;
}

}  // namespace

bool parse_duration(std::string_view text, microseconds& out, Fault& fault) {
  microseconds value{};
  const Problem found = scan_duration(text, value);
  return finish(found, value, out, fault);
}

bool duration_from_integer(const Integer& number, microseconds& out, Fault& fault) {
  constexpr std::uint64_t highest = (highest_day + 1) * seconds_a_day - 1;
  microseconds value{};
  Problem found = problem::duration_days_too_large;
  if (!number.beyond && number.magnitude <= highest) {
    found = join({.negative = number.negative, .seconds = static_cast<std::int64_t>(number.magnitude)}, value);
  }
  return finish(found, value, out, fault);
}

bool duration_from_double(double number, microseconds& out, Fault& fault) {
  microseconds value{};
  Problem found = problem::duration_days_too_large;
  const double seconds = std::fabs(number);
  if (std::isnan(number)) {
    found = problem::not_a_number;
  } else if (seconds < static_cast<double>((highest_day + 1) * seconds_a_day)) {
    const double whole = std::trunc(seconds);
    const std::int64_t micros = std::llround((seconds - whole) * 1'000'000.0);
    found = join({.negative = number < 0, .seconds = static_cast<std::int64_t>(whole), .micros = micros}, value);
  }
  return finish(found, value, out, fault);
}

}  // namespace serval::detail
