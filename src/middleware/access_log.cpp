// SPDX-License-Identifier: MIT
#include <serval/middleware/access_log.hpp>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <serval/base/json_escape.hpp>

#include "base/ascii.hpp"
#include "base/log_text.hpp"
#include "base/utf8.hpp"

namespace serval {

namespace {

using Time = std::chrono::system_clock::time_point;
using std::chrono::milliseconds;

std::shared_ptr<spdlog::logger> standard_output() {
  auto logger = std::make_shared<spdlog::logger>("access", std::make_shared<spdlog::sinks::stdout_sink_mt>());
  logger->set_pattern("%v");
  return logger;
}

/// A moment in UTC.
struct Moment {
  explicit Moment(Time time)
      : day(std::chrono::floor<std::chrono::days>(time)),
        clock(std::chrono::floor<milliseconds>(time - day)),
        date(day) {}

  std::chrono::sys_days day;
  std::chrono::hh_mm_ss<milliseconds> clock;
  std::chrono::year_month_day date;
};

/// "10:33:22".
void append_clock(std::string& out, const Moment& moment) {
  detail::append_two_digits(out, moment.clock.hours().count());
  out += ':';
  detail::append_two_digits(out, moment.clock.minutes().count());
  out += ':';
  detail::append_two_digits(out, moment.clock.seconds().count());
}

/// "30/Nov/2026:10:33:22 +0000".
void append_common_time(std::string& out, const Moment& moment) {
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  detail::append_two_digits(out, static_cast<unsigned>(moment.date.day()));
  out.append("/").append(months.substr((static_cast<unsigned>(moment.date.month()) - 1) * 3, 3)).append("/");
  out.append(std::to_string(static_cast<int>(moment.date.year()))).append(":");
  append_clock(out, moment);
  out += " +0000";
}

/// "2026-11-30T10:33:22.123Z" (RFC 3339).
void append_rfc3339(std::string& out, const Moment& moment) {
  out.append(std::to_string(static_cast<int>(moment.date.year()))).append("-");
  detail::append_two_digits(out, static_cast<unsigned>(moment.date.month()));
  out += '-';
  detail::append_two_digits(out, static_cast<unsigned>(moment.date.day()));
  out += 'T';
  append_clock(out, moment);
  const auto thousandths = moment.clock.subseconds().count();
  out.append(".").append(1, static_cast<char>('0' + thousandths / 100));
  detail::append_two_digits(out, thousandths);
  out += 'Z';
}

/// "0.412".
void append_milliseconds(std::string& out, std::chrono::steady_clock::duration duration) {
  std::array<char, 32> digits;
  const double number = std::chrono::duration<double, std::milli>(duration).count();
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed, 3);
  out.append(digits.data(), end.ptr);
}

/// Appends "\u2028", or a pair of these beyond U+FFFF. REQUIRES: a well-formed sequence of UTF-8, not of ASCII.
void append_unicode_escape(std::string& out, std::string_view sequence) {
  const auto append_unit = [&out](std::uint32_t unit) {
    out += "\\u";
    detail::append_hex(out, static_cast<unsigned char>(unit >> 8U), detail::lower_hex_digits);
    detail::append_hex(out, static_cast<unsigned char>(unit), detail::lower_hex_digits);
  };
  std::uint32_t point = static_cast<unsigned char>(sequence[0]) & (0x7FU >> sequence.size());
  for (const char c : sequence.substr(1)) point = (point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  if (point < 0x10000) return append_unit(point);
  append_unit(0xD800 + ((point - 0x10000) >> 10U));
  append_unit(0xDC00 + ((point - 0x10000) & 0x3FFU));
}

/// A JSON string of visible ASCII and blanks: what is not cannot steer a terminal or end a line for some reader.
void append_ascii_json_string(std::string& out, std::string_view text) {
  std::string quoted;
  detail::append_json_string(quoted, text);
  for (std::size_t position = 0; position < quoted.size();) {
    const std::size_t length = detail::utf8_step(quoted, position).length;
    if (length > 1)
      append_unicode_escape(out, std::string_view(quoted).substr(position, length));
    else if (quoted[position] == '\x7f')
      out += "\\u007f";
    else
      out += quoted[position];
    position += length;
  }
}

std::string protocol_of(const Request& request) { return "HTTP/1." + std::to_string(request.version_minor()); }

/// What a line says about the request, besides what the request and its end say themselves.
struct Line {
  const Request& request;
  const Finished& how;
  std::string_view target;
  Moment moment;
};

std::string text_line(const Line& line) {
  const auto& [request, how, target, moment] = line;
  std::string out;
  out.reserve(256);
  detail::append_log_text(out, request.client().host);
  out += " - - [";
  append_common_time(out, moment);
  out += "] \"";
  if (request.method_text().empty()) {
    out += '-';
  } else {
    detail::append_log_text(out, request.method_text());
    out += ' ';
    detail::append_log_text(out, target);
    out.append(" ").append(protocol_of(request));
  }
  out.append("\" ").append(how.status == 0 ? "-" : std::to_string(how.status));
  out.append(" ").append(std::to_string(how.bytes)).append(" ");
  append_milliseconds(out, how.duration);
  out.append("ms ").append(http::to_text(how.ending)).append(" \"");
  detail::append_log_text(out, how.route.empty() ? "-" : how.route);
  out += "\" ";
  detail::append_log_text(out, request.request_id());
  return out;
}

class JsonLine {
 public:
  JsonLine() { out_.reserve(512); }

  /// Null if the text is empty.
  void add(std::string_view name, std::string_view text) {
    begin(name);
    if (text.empty())
      out_ += "null";
    else
      append_ascii_json_string(out_, text);
  }
  template <class Append>
  void add_value(std::string_view name, const Append& append) {
    begin(name);
    append(out_);
  }
  std::string end() { return std::move(out_) + '}'; }

 private:
  void begin(std::string_view name) { out_.append(out_.empty() ? "{\"" : ",\"").append(name).append("\":"); }
  std::string out_;
};

std::string json_line(const Line& line) {
  const auto& [request, how, target, moment] = line;
  const bool is_known = !request.method_text().empty();
  const auto number = [](auto value) {
    return [value](std::string& out) { out += value == 0 ? "null" : std::to_string(value); };
  };
  JsonLine object;
  object.add_value("time", [&moment = line.moment](std::string& out) {
    out += '"';
    append_rfc3339(out, moment);
    out += '"';
  });
  object.add("client", request.client().host);
  object.add_value("port", number(request.client().port));
  object.add("method", request.method_text());
  object.add("target", is_known ? target : std::string_view());
  object.add("protocol", is_known ? protocol_of(request) : std::string());
  object.add("scheme", request.scheme());
  object.add("host", request.host());
  object.add_value("status", number(how.status));
  object.add_value("bytes", [&how = line.how](std::string& out) { out += std::to_string(how.bytes); });
  object.add_value("duration_ms", [&how = line.how](std::string& out) { append_milliseconds(out, how.duration); });
  object.add("ending", http::to_text(how.ending));
  object.add("route", how.route);
  object.add("user_agent", request.header("user-agent").value_or(""));
  object.add("request_id", request.request_id());
  return object.end();
}

}  // namespace

AccessLog::AccessLog(AccessLogOptions options) : options_(std::move(options)) {
  if (options_.logger == nullptr) options_.logger = standard_output();
  if (!options_.clock) options_.clock = &std::chrono::system_clock::now;
}

void AccessLog::log_requests(bool is_wanted) { is_on_ = is_wanted; }

void AccessLog::finished(const Request& request, const Finished& how) {
  if (!is_on_ || !options_.logger->should_log(spdlog::level::info)) return;
  std::string_view target = request.target();
  if (!options_.query) target = target.substr(0, target.find('?'));
  const Line line{request, how, target, Moment(options_.clock())};
  options_.logger->info("{}", options_.format == AccessLogFormat::json_lines ? json_line(line) : text_line(line));
}

}  // namespace serval
