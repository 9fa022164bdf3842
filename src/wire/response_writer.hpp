// SPDX-License-Identifier: MIT
// Formats responses into the connection's output: status line, header fields and body, ready for one write. The last
// step for a response. No I/O.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <serval/http/response.hpp>

namespace serval::detail {

/// Belongs to one loop, and keeps the text that responses have in common formatted.
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
    until_close,  ///< the body ends with the connection
  };
  /// What the request and the connection require of the response.
  struct Framing {
    bool to_head = false;   ///< the request was a HEAD: no body follows, but its length is sent
    bool close = false;     ///< the connection ends with this response
    bool http_1_0 = false;  ///< an HTTP/1.0 client needs `connection: keep-alive` to persist
    Length length = Length::known;
  };

  explicit ResponseWriter(Options options) noexcept : options_(options) {}

  /// Sets the time for `date`. Must be called before responses are written; formats the date once a second.
  void set_time(std::chrono::system_clock::time_point now);

  /// What `append` has done, and what is left to the caller.
  struct Written {
    bool close = false;       ///< the connection must close after this response
    bool large_body = false;  ///< the caller has to send the body, right after the head
    bool has_body = false;    ///< the status allows a body, and the request was no HEAD
    bool file = false;        ///< like `large_body`, for a body that is a file
  };
  /// Appends the head of the response, and its body unless that is a file or has at least `large_body_bytes`; the
  /// caller has to send such a body from where it is. `form_of` decides about body and length, and only the writer sets
  /// the fields about them. The connection must close if `framing` or a `connection: close` of the handler asks for it,
  /// or if the body ends with the connection.
  [[nodiscard]] Written append(std::string& out, const Response& response, Framing framing);

  /// Appends the head of a 101 response, which ends HTTP on its connection. Its fields are written unchanged.
  void append_switching(std::string& out, const Response& response) const;

  /// Appends one chunk of a body. REQUIRES: `bytes` is not empty, since an empty chunk ends the body.
  static void append_chunk(std::string& out, std::string_view bytes);
  static constexpr std::string_view last_chunk = "0\r\n\r\n";

  static constexpr std::size_t large_body_bytes = 32 * 1024;
  static constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

 private:
  /// Appends the status line, and the date and server fields that the response does not have itself.
  void append_start(std::string& out, int status, const Response& response) const;

  Options options_;
  std::chrono::sys_seconds second_{};
  std::string date_line_;  // "date: ...\r\n"
  std::string ok_start_;   // the start of most responses: status line, date and server
};

}  // namespace serval::detail
