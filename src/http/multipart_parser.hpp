// SPDX-License-Identifier: MIT
// Splits a multipart body into its parts while it arrives (RFC 2046 section 5.1). No I/O.
#pragma once

#include <string_view>

#include <serval/http/headers.hpp>
#include <serval/http/limits.hpp>

#include "http/boundary_search.hpp"
#include "http/part_head.hpp"

namespace serval::detail {

/// Takes the parts. For each: `begin_part`, any number of `part_data`, `end_part`.
class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual void begin_part(http::Headers headers) = 0;
  /// Lifetime: the view is gone when this returns.
  virtual void part_data(std::string_view bytes) = 0;
  virtual void end_part() = 0;
};

/// However the body is cut into pieces, the parts and errors are the same. Holds the head of a part at most, never its
/// content. Preamble and epilogue are passed over. A line of content that begins with the delimiter is one only if
/// "--", or white space and CRLF follow. Errors: HttpError 400, and what the sink throws; nothing may be called after
/// one.
class MultipartParser {
 public:
  /// REQUIRES: `boundary` is well-formed. Lifetime: limits and sink outlive this object.
  MultipartParser(std::string_view boundary, const http::Limits& limits, PartSink& sink);

  void take(std::string_view piece);
  /// Errors: the last delimiter did not come.
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
  bool reread_ = false;   // the byte that was no end of a delimiter is still to be taken as content
};

/// Whether the text may be a boundary: 1 to 70 of the characters of RFC 2046 section 5.1.1, the last no space. Clients
/// send others as well (Android's usual sample: `*****`): all that is visible in ASCII but `"`, `\` and `;`.
[[nodiscard]] bool is_boundary(std::string_view text) noexcept;

}  // namespace serval::detail
