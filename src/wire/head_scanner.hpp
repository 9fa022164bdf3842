// SPDX-License-Identifier: MIT
// Finds the end of a request's head in bytes as they arrive, and refuses early what can never become one. First
// step of the way in: it decides when the parser has all it needs. No I/O.
#pragma once

#include <cstddef>
#include <string_view>

#include <serval/http/limits.hpp>

#include "wire/request_framing.hpp"

namespace serval::detail {

/// Scans each byte once, however the head is cut into reads. It polices what Beast's parser does not, or only once
/// the head is whole: line ends (CRLF only), folded lines, empty lines in front, the form of the request line and
/// the limits of head, target and fields.
class HeadScanner {
 public:
  enum class Result { need_more, complete, refused };

  /// `bytes` begin at the first byte after the previous message and hold all that has arrived since; they may lie
  /// elsewhere at the next call, but must begin with the same bytes.
  Result scan(std::string_view bytes, const http::Limits& limits) noexcept;

  /// Bytes of empty lines in front of the request line (RFC 9112 section 2.2); valid when complete.
  [[nodiscard]] std::size_t head_begin() const noexcept { return begin_; }
  /// One past the empty line that ends the head; valid when complete.
  [[nodiscard]] std::size_t head_end() const noexcept { return line_; }
  [[nodiscard]] const Refusal& refusal() const noexcept { return refusal_; }
  /// Whether any byte of a request line has been seen: what tells a slow head from an idle connection.
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
