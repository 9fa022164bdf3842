// SPDX-License-Identifier: MIT
// Formats answers into the connection's output: status line, header fields, body, ready for one write. Last step of
// the way out. No I/O.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <serval/http/response.hpp>

namespace serval::detail {

/// Belongs to one loop; keeps what answers have in common ready-made.
class ResponseWriter {
 public:
  struct Options {
    bool date = true;    ///< write `date`
    bool server = true;  ///< write `server: serval`
  };

  /// How the client learns where the body ends.
  enum class Length : std::uint8_t {
    known,        ///< `content-length`
    chunked,      ///< the body follows in chunks (RFC 9112 section 7.1)
    until_close,  ///< the body is what comes until the connection ends
  };
  /// What the request and the connection ask of the answer.
  struct Framing {
    bool to_head = false;   ///< the request was a HEAD: no body, but the length it would have
    bool close = false;     ///< the connection ends with this answer
    bool http_1_0 = false;  ///< a persisting connection must be confirmed to a 1.0 client
    Length length = Length::known;
  };

  explicit ResponseWriter(Options options) noexcept : options_(options) {}

  /// To be called before answers are written; the date is formatted once a second.
  void set_time(std::chrono::system_clock::time_point now);

  /// Appends the answer's head, and its body unless that is a file or at least `large_body_bytes` long: such a body is
  /// left for the caller to send from where it is. Whatever the handler gave, the framing is right: fields about it are
  /// the writer's alone, and an answer to HEAD, 1xx, 204, 205 or 304 has no body (RFC 9110 section 6.4.1). Returns
  /// whether the connection must close: asked for, asked for by a `connection: close` of the handler, or since a client
  /// could not tell where an answer like 1xx ends.
  struct Written {
    bool close = false;
    bool large_body = false;  ///< the body is still to be sent, right after the head
    bool has_body = false;    ///< the head announces one, and the request was no HEAD
    bool file = false;        ///< the same of a body that is a file
  };
  [[nodiscard]] Written append(std::string& out, const Response& response, Framing framing);

  /// Appends the head of an answer with which HTTP ends on its connection (101), its fields as they stand.
  void append_switching(std::string& out, const Response& response) const;

  /// One chunk of a body. REQUIRES: `bytes` is not empty; an empty chunk is the end.
  static void append_chunk(std::string& out, std::string_view bytes);
  static constexpr std::string_view last_chunk = "0\r\n\r\n";

  static constexpr std::size_t large_body_bytes = 32 * 1024;
  static constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

 private:
  /// "HTTP/1.1 200 OK" with date and server.
  void append_start(std::string& out, int status, const Response& response) const;

  Options options_;
  std::chrono::sys_seconds second_{};
  std::string date_line_;  // "date: ...\r\n"
  std::string ok_start_;   // what begins most answers
};

}  // namespace serval::detail
