// SPDX-License-Identifier: MIT
#include <serval/middleware/audit_log.hpp>

#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/handler/finished.hpp>
#include <serval/http/request.hpp>

#include "base/json_line.hpp"
#include "base/utc_time.hpp"
#include "middleware/audit_file.hpp"
#include "middleware/audit_writer.hpp"

namespace serval {

namespace {

constexpr std::size_t max_actor_bytes = 256;
constexpr std::size_t max_path_bytes = 1024;
constexpr std::size_t max_details_bytes = 4 * 1024;

AuditLogOptions checked(AuditLogOptions options) {
  if (options.queue == 0) throw SetupError("AuditLog: queue must be 1 or more", {});
  if (options.sink != nullptr && !options.file.empty())
    throw SetupError("AuditLog: only one of file and sink can be set", {});
  if (!options.clock) options.clock = &std::chrono::system_clock::now;
  return options;
}

std::shared_ptr<spdlog::sinks::sink> sink_of(const AuditLogOptions& options) {
  std::shared_ptr<spdlog::sinks::sink> sink = options.sink;
  if (sink == nullptr && !options.file.empty()) sink = std::make_shared<detail::AuditFile>(options.file);
  if (sink == nullptr) sink = std::make_shared<spdlog::sinks::stderr_sink_st>();
  sink->set_pattern("%v");
  return sink;
}

/// In ASCII, with U+FFFD for what is no UTF-8.
std::string details_text(const json& details) {
  std::string text = details.dump(-1, ' ', true, json::error_handler_t::replace);
  if (text.size() > max_details_bytes) return R"({"omitted":)" + std::to_string(text.size()) + "}";
  for (std::size_t at = text.find('\x7f'); at != std::string::npos; at = text.find('\x7f', at))
    text.replace(at, 1, "\\u007f");
  return text;
}

std::string line_of(std::chrono::system_clock::time_point now, const Request* request, std::string_view event,
                    const AuditEvent& what) {
  detail::JsonLine line;
  line.add_value("time", [now](std::string& out) {
    out += '"';
    append_rfc3339(out, detail::UtcTime(now));
    out += '"';
  });
  line.add("event", event);
  line.add("outcome", what.outcome == AuditOutcome::success ? "success" : "failure");
  line.add("actor", std::string_view(what.actor).substr(0, max_actor_bytes));
  line.add("client", request != nullptr ? std::string_view(request->client().host) : "");
  line.add("request_id", request != nullptr ? std::string_view(request->request_id()) : "");
  line.add_value("details", [&what](std::string& out) { out += details_text(what.details); });
  return line.end();
}

}  // namespace

class AuditLog::State {
 public:
  explicit State(AuditLogOptions options)
      : options_(checked(std::move(options))), writer_(sink_of(options_), options_.queue) {}

  void record(const Request* request, std::string_view event, const AuditEvent& what) {
    writer_.add(line_of(options_.clock(), request, event, what));
  }
  [[nodiscard]] bool is_refusal(int status) const noexcept {
    return std::find(options_.refusals.begin(), options_.refusals.end(), status) != options_.refusals.end();
  }
  [[nodiscard]] std::uint64_t lost() const noexcept { return writer_.lost(); }

 private:
  const AuditLogOptions options_;
  detail::AuditWriter writer_;
};

AuditLog::AuditLog(AuditLogOptions options) : state_(std::make_shared<State>(std::move(options))) {}

void AuditLog::record(const Request& request, std::string_view event, const AuditEvent& what) const {
  state_->record(&request, event, what);
}

void AuditLog::record(std::string_view event, const AuditEvent& what) const { state_->record(nullptr, event, what); }

std::uint64_t AuditLog::lost() const noexcept { return state_->lost(); }

void AuditLog::finished(const Request& request, const Finished& how) const {
  if (!state_->is_refusal(how.status)) return;
  const std::string_view path = request.target().substr(0, std::min(request.target().find('?'), max_path_bytes));
  const json route = how.route.empty() ? json() : json(how.route);
  const AuditEvent refused{
      .outcome = AuditOutcome::failure,
      .details = {
          {"method", request.method_text()}, {"path", std::string(path)}, {"route", route}, {"status", how.status}}};
  record(request, "request.refused", refused);
}

}  // namespace serval
