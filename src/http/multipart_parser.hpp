// SPDX-License-Identifier: MIT
// Splits a multipart body into its parts as it arrives (RFC 2046 section 5.1). No I/O.
#pragma once

#include <string_view>

#include <serval/http/headers.hpp>
#include <serval/http/limits.hpp>

#include "http/boundary_search.hpp"
#include "http/part_head.hpp"

namespace serval::detail {

/// Receives the parts. For each: `begin_part`, any number of `part_data`, `end_part`.
class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual void begin_part(http::Headers headers) = 0;
  /// Lifetime: the view is valid during the call.
  virtual void part_data(std::string_view bytes) = 0;
  virtual void end_part() = 0;
};

/// The parts and errors do not depend on how the body is cut into pieces. It stores at most the head of a part, never
/// its content. It ignores preamble and epilogue. A line of content that begins with the delimiter is a delimiter only
/// if "--", or white space and CRLF follow. Errors: HttpError 400, and exceptions of the sink; nothing may be called
/// after an error.
class MultipartParser {
 public:
  /// REQUIRES: `boundary` is well-formed. Lifetime: limits and sink outlive this object.
  MultipartParser(std::string_view boundary, const http::Limits& limits, PartSink& sink);

  void take(std::string_view piece);
  /// Errors: the last delimiter is missing.
  void end() const;

 private:
  enum class State { content, delimiter, delimiter_dash, delimiter_return, padding, padding_return, head, epilogue };

  std::size_t take_content(std::string_view piece);
  void take_after_delimiter(char byte);
  void take_first_after_delimiter(char byte);
  void confirm(State next);
  void take_as_content(std::string_view behind);

  BoundarySearch search_;
  PartHead head_;
  PartSink& sink_;
  State state_ = State::content;
  bool in_part_ = false;  // false in the preamble
  bool reread_ = false;   // the byte that did not end a delimiter must still be read as content
};

/// Whether the text may be a boundary: 1 to 70 of the characters of RFC 2046 section 5.1.1, the last not a space. Since
/// clients also send others (Android's usual sample: `*****`), every visible ASCII character except `"`, `\` and `;` is
/// accepted.
[[nodiscard]] bool is_boundary(std::string_view text) noexcept;

}  // namespace serval::detail
