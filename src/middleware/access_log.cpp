// SPDX-License-Identifier: MIT
#include <serval/middleware/access_log.hpp>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "base/ascii.hpp"
#include "base/json_line.hpp"
#include "base/log_text.hpp"
#include "base/utc_time.hpp"

namespace serval {

namespace {

using detail::JsonLine;
using detail::UtcTime;

std::shared_ptr<spdlog::logger> standard_output() {
  auto logger = std::make_shared<spdlog::logger>("access", std::make_shared<spdlog::sinks::stdout_sink_mt>());
  logger->set_pattern("%v");
  return logger;
}

/// "30/Nov/2026:10:33:22 +0000".
void append_common_time(std::string& out, const UtcTime& moment) {
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  detail::append_two_digits(out, static_cast<unsigned>(moment.date.day()));
  out.append("/").append(months.substr((static_cast<unsigned>(moment.date.month()) - 1) * 3, 3)).append("/");
  out.append(std::to_string(static_cast<int>(moment.date.year()))).append(":");
  append_clock(out, moment);
  out += " +0000";
}

/// "0.412".
void append_milliseconds(std::string& out, std::chrono::steady_clock::duration duration) {
  std::array<char, 32> digits;
  const double number = std::chrono::duration<double, std::milli>(duration).count();
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed, 3);
  out.append(digits.data(), end.ptr);
}

std::string protocol_of(const Request& request) { return "HTTP/1." + std::to_string(request.version_minor()); }

/// What a line says about the request, besides what the request and its end say themselves.
struct Line {
  const Request& request;
  const Finished& how;
  std::string_view target;
  UtcTime moment;
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
  const Line line{request, how, target, UtcTime(options_.clock())};
  options_.logger->info("{}", options_.format == AccessLogFormat::json_lines ? json_line(line) : text_line(line));
}

}  // namespace serval
