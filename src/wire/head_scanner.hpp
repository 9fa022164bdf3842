// SPDX-License-Identifier: MIT
// Finds the end of a request's head in the bytes as they arrive, and refuses early any bytes that cannot become a head.
// The first step for a request: it decides when the parser has all bytes that it needs. No I/O.
#pragma once

#include <cstddef>
#include <string_view>

#include <serval/http/limits.hpp>

#include "wire/request_framing.hpp"

namespace serval::detail {

/// Scans each byte once, no matter how reads divide the head. It checks what Beast's parser does not check, or checks
/// only when the head is complete: line ends (CRLF only), folded lines, empty lines before the request line, the form
/// of the request line, and the limits of head, target and fields.
class HeadScanner {
 public:
  enum class Result { need_more, complete, refused };

  /// `bytes` begins with the first byte after the previous message and contains everything that has arrived since. At
  /// the next call it may be in another place, but must begin with the same bytes.
  Result scan(std::string_view bytes, const http::Limits& limits) noexcept;

  /// Returns the number of bytes in empty lines before the request line (RFC 9112 section 2.2). Valid after `complete`.
  [[nodiscard]] std::size_t head_begin() const noexcept { return begin_; }
  /// Returns the position after the empty line that ends the head. Valid after `complete`.
  [[nodiscard]] std::size_t head_end() const noexcept { return line_; }
  [[nodiscard]] const Refusal& refusal() const noexcept { return refusal_; }
  /// Returns whether any byte of a request line has arrived, which distinguishes a slow head from an idle connection.
  [[nodiscard]] bool started(std::string_view bytes) const noexcept { return bytes.size() > begin_; }

  void reset() noexcept { *this = HeadScanner{}; }

 private:
  Result refuse(int status, std::string_view why) noexcept;
  Result check_request_line(std::string_view line, const http::Limits& limits) noexcept;
  Result check_unfinished(std::string_view bytes, const http::Limits& limits) noexcept;

  std::size_t begin_ = 0;    // first byte of the request line
  std::size_t line_ = 0;     // first byte of the line being read
  std::size_t scanned_ = 0;  // no LF in [line_, scanned_)
  std::size_t fields_ = 0;
  Refusal refusal_;
};

}  // namespace serval::detail
