// SPDX-License-Identifier: MIT
// A line for each request, for people, log analysers and log stores.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include <serval/handler/middleware.hpp>

namespace spdlog {
class logger;
}

namespace serval {

/// The form of the lines of `AccessLog`.
enum class AccessLogFormat : std::uint8_t {
  text,        ///< the common log format of web servers, followed by duration, ending, route and id
  json_lines,  ///< a JSON object a line
};

/// The options of `AccessLog`.
struct AccessLogOptions {
  /// The form of the lines.
  AccessLogFormat format = AccessLogFormat::text;
  /// Whether the query string is logged. Default: yes; leave it out if it may hold secrets.
  bool query = true;
  /// Where the lines go, at level info. A program's own logger needs the pattern "%v", since a line has its time. Null,
  /// the default: standard output, nothing but the lines.
  std::shared_ptr<spdlog::logger> logger{};
  /// The time of a line. Default: the system's clock.
  std::function<std::chrono::system_clock::time_point()> clock{};
};

/// `app.use(AccessLog());` writes one line when a request has ended, instead of the server's own
/// (`ServerOptions::access_log`), which is shorter:
/// ```
/// 203.0.113.7 - - [30/Nov/2026:10:33:22 +0000] "GET /items/7 HTTP/1.1" 200 27 0.412ms complete "/items/{id}" 5c1e...
/// {"time":"2026-11-30T10:33:22.123Z","client":"203.0.113.7","port":null,"method":"GET","target":"/items/7",
///  "protocol":"HTTP/1.1","scheme":"https","host":"shop.example","status":200,"bytes":27,"duration_ms":0.412,
///  "ending":"complete","route":"/items/{id}","user_agent":"curl/7.88.1","request_id":"5c1e..."}
/// ```
/// Times are in UTC. Client, scheme and host are those of `ForwardedHeaders`, bytes and duration those of `Finished`,
/// the ending is a word of `http::Ending`, the id `Request::request_id()`. What is not known is "-" or null: the
/// request line of a head that could not be read, the status if none was sent, the route if none matched. Quotes,
/// backslashes, control characters and everything beyond ASCII are escaped, so that a client can forge no line and no
/// part of one, and steer no terminal. `--no-access-log` silences it, `--access-log` does not bring the server's own
/// lines back. If the server itself refuses a request by its head, the client is the peer. Writing to a slow logger
/// holds the event loop: give an asynchronous one if that matters. Use it for the application that the server serves,
/// not for mounted ones.
class AccessLog {
 public:
  static constexpr Stage stage = Stage::access_log;

  explicit AccessLog(AccessLogOptions options = {});

  void finished(const Request& request, const Finished& how);
  /// False: no lines are written. Thread safety: none; before the server starts.
  void log_requests(bool is_wanted);

 private:
  AccessLogOptions options_;
  bool is_on_ = true;
};

}  // namespace serval
