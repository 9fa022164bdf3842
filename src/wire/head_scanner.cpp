// SPDX-License-Identifier: MIT
#include "wire/head_scanner.hpp"

#include <algorithm>
#include <cstring>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::detail {

namespace {

// RFC 9112 section 2.2 recommends ignoring "at least one" empty line; no real client sends more than a few.
constexpr std::size_t max_empty_line_bytes = 16;
// Longer than any registered method: bytes without a space up to here are no request line.
constexpr std::size_t max_method_bytes = 64;

}  // namespace

HeadScanner::Result HeadScanner::refuse(int status, std::string_view why) noexcept {
  refusal_ = {status, why};
  return Result::refused;
}

HeadScanner::Result HeadScanner::scan(std::string_view bytes, const http::Limits& limits) noexcept {
  for (;;) {
    const std::size_t from = std::max(scanned_, line_);
    const auto* found = from < bytes.size()
                            ? static_cast<const char*>(std::memchr(bytes.data() + from, '\n', bytes.size() - from))
                            : nullptr;
    if (found == nullptr) {
      scanned_ = bytes.size();
      return check_unfinished(bytes, limits);
    }
    const auto line_feed = static_cast<std::size_t>(found - bytes.data());
    // Recipients may accept a bare LF as a line end (RFC 9112 section 2.2). Those that do and those that do not read
    // different requests from the same bytes, so it is refused.
    if (line_feed == line_ || bytes[line_feed - 1] != '\r') return refuse(400, "Line does not end in CRLF");
    const std::string_view line = bytes.substr(line_, line_feed - 1 - line_);
    const bool first = line_ == begin_;
    line_ = line_feed + 1;
    if (limits.max_head_bytes != 0 && line_ - begin_ > limits.max_head_bytes) {
      return refuse(431, "Request head too large");
    }
    if (line.empty()) {
      if (!first) return Result::complete;
      begin_ = line_;
      if (begin_ > max_empty_line_bytes) return refuse(400, "Too many empty lines before the request");
    } else if (first) {
      if (check_request_line(line, limits) == Result::refused) return Result::refused;
    } else {
      // A folded line (RFC 9112 section 5.2), or white space between the request line and the first field (section
      // 2.2).
      if (line.front() == ' ' || line.front() == '\t') return refuse(400, "Folded header line");
      if (++fields_ > limits.max_header_fields && limits.max_header_fields != 0) {
        return refuse(431, "Too many header fields");
      }
    }
  }
}

HeadScanner::Result HeadScanner::check_request_line(std::string_view line, const http::Limits& limits) noexcept {
  // method SP target SP "HTTP/" DIGIT "." DIGIT; the parser checks method and target.
  constexpr std::string_view version_form = " HTTP/1.1";
  if (line.size() < version_form.size()) return refuse(400, "Malformed request line");
  const std::string_view version = line.substr(line.size() - version_form.size());
  if (!version.starts_with(" HTTP/") || !is_digit(version[6]) || version[7] != '.' || !is_digit(version[8])) {
    return refuse(400, "Malformed request line");
  }
  if (version[6] != '1' || version[8] > '1') return refuse(505, "HTTP version not supported");
  const std::size_t space = line.find(' ');
  const std::size_t target_bytes = line.size() - version.size() - std::min(space + 1, line.size() - version.size());
  if (limits.max_target_bytes != 0 && target_bytes > limits.max_target_bytes) {
    return refuse(414, "Request target too long");
  }
  return Result::need_more;
}

HeadScanner::Result HeadScanner::check_unfinished(std::string_view bytes, const http::Limits& limits) noexcept {
  if (line_ == begin_) {
    // Still in the request line: detect another protocol now, and do not wait for the deadline as for a slow client.
    const std::string_view line = bytes.substr(begin_);
    const std::size_t space = line.find(' ');
    const std::string_view method = line.substr(0, space);
    // A CR may be the first byte of an empty line.
    if (method != "\r" && !token_chars.contains_all(method)) return refuse(400, "Malformed method");
    if (space == std::string_view::npos && method.size() > max_method_bytes) return refuse(400, "Malformed method");
    if (space != std::string_view::npos && limits.max_target_bytes != 0) {
      const std::string_view rest = line.substr(space + 1);
      if (std::min(rest.find(' '), rest.size()) > limits.max_target_bytes) {
        return refuse(414, "Request target too long");
      }
    }
  }
  if (limits.max_head_bytes != 0 && bytes.size() - begin_ > limits.max_head_bytes) {
    return refuse(431, "Request head too large");
  }
  return Result::need_more;
}

}  // namespace serval::detail
