// SPDX-License-Identifier: MIT
// A record of what matters for security: who logged in, who was refused.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <serval/handler/middleware.hpp>
#include <serval/json/json.hpp>

namespace spdlog::sinks {
class sink;
}

namespace serval {

/// How something that is recorded ended.
enum class AuditOutcome : std::uint8_t { success, failure };

/// What an `AuditLog` records besides the name of the event.
struct AuditEvent {
  std::string actor{};                           ///< who; empty: unknown. Over 256 bytes are cut
  AuditOutcome outcome = AuditOutcome::success;  ///< how it ended
  /// More, such as `{{"account", "ann"}}`. Over 4 KiB of JSON are replaced by `{"omitted": <bytes>}`.
  json details{};
};

/// The options of `AuditLog`.
struct AuditLogOptions {
  /// The file to which lines are appended; it is created for its owner alone. Several processes may share it. Empty,
  /// the default: standard error.
  std::string file{};
  /// Where the lines go instead, such as a rotating file of spdlog; its pattern becomes "%v", and only one thread
  /// writes to it. Default: null, the file.
  std::shared_ptr<spdlog::sinks::sink> sink{};
  /// The statuses of responses that are recorded as "request.refused". Default: 401, 403 and 429.
  std::vector<int> refusals{401, 403, 429};
  /// How many records may wait to be written. Default 8192; at least 1. If there are more, the oldest are lost.
  std::size_t queue = 8192;
  /// The time of a record. Default: the system's clock.
  std::function<std::chrono::system_clock::time_point()> clock{};
};

/// `app.use(AuditLog({.file = "/var/log/shop/audit.jsonl"}));` records each refused request, and what the program says.
/// Handlers and dependencies take it as `State<AuditLog>`:
/// ```
/// audit->record(request, "login", {.actor = form.username, .outcome = AuditOutcome::failure});
/// {"time":"2026-11-30T10:33:22.123Z","event":"login","outcome":"failure","actor":"ann","client":"203.0.113.7",
///  "request_id":"5c1e...","details":null}
/// ```
/// A record is a JSON object in one line of ASCII, so that a client can forge no line and no part of one. Times are in
/// UTC, the client is that of `ForwardedHeaders`; what is not known is null. A refused request has "method", "path",
/// "route" and "status" as its details, and no query, which may hold secrets.
///
/// A thread of its own writes the records: `record` never waits for a disk. What is lost since too many records wait or
/// a write fails is counted. The end of the last copy writes what still waits. Tools that rotate the file copy and
/// truncate it.
///
/// Errors of the constructor: SetupError for a file that cannot be opened and for options out of range. Copies share
/// the file. Thread safety: all functions.
class AuditLog {
 public:
  static constexpr Stage stage = Stage::access_log;
  static constexpr bool is_provided = true;

  explicit AuditLog(AuditLogOptions options = {});

  /// Records an event of a request, with its client and its id.
  void record(const Request& request, std::string_view event, const AuditEvent& what = {}) const;
  /// Records an event that belongs to no request.
  void record(std::string_view event, const AuditEvent& what = {}) const;

  /// How many records were lost.
  [[nodiscard]] std::uint64_t lost() const noexcept;

  void finished(const Request& request, const Finished& how) const;

 private:
  class State;
  std::shared_ptr<State> state_;
};

}  // namespace serval
