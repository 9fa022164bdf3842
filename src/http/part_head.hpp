// SPDX-License-Identifier: MIT
// The header fields of one part of a multipart form, and their meaning.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <serval/http/headers.hpp>
#include <serval/http/limits.hpp>

namespace serval::detail {

/// Answers 400 `Invalid multipart data.`
[[noreturn]] void refuse_multipart();

/// Reads lines up to the empty one. Lines end with CRLF; a continuation line is refused, as in requests.
class PartHead {
 public:
  explicit PartHead(const http::Limits& limits) : limits_(limits) {}

  /// Returns how many bytes belong to the head. Errors: HttpError 400.
  [[nodiscard]] std::size_t take(std::string_view piece);
  /// Whether the empty line was read.
  [[nodiscard]] bool is_whole() const noexcept { return is_whole_; }
  /// Returns the fields, and is then ready for the next part. REQUIRES: `is_whole()`.
  [[nodiscard]] http::Headers take_headers();

 private:
  void take_line(std::string_view line);

  const http::Limits& limits_;
  std::string line_;  // the beginning of an incomplete line
  std::size_t bytes_ = 0;
  http::Headers headers_;
  bool is_whole_ = false;
};

/// The form field of a part.
struct PartDisposition {
  std::string name;
  std::optional<std::string> filename;
};

/// Reads Content-Disposition (RFC 7578 section 4.2). In `name` and `filename` the escapes that browsers write (%22,
/// %0D, %0A) are decoded and no others; ill-formed UTF-8 becomes U+FFFD; a well-formed `filename*` takes precedence
/// over `filename`. Errors: HttpError 400.
[[nodiscard]] PartDisposition part_disposition(const http::Headers& headers);

}  // namespace serval::detail
