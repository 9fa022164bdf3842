// SPDX-License-Identifier: MIT
// Finds a multipart delimiter in content that arrives in pieces, without keeping any of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace serval::detail {

/// The search for CRLF "--" boundary, RFC 2046 section 5.1.1. What looks like a delimiter at the end of a piece is only
/// counted: its bytes are those of the delimiter, and as CR stands at its start alone, no other can begin within it.
class BoundarySearch {
 public:
  /// REQUIRES: 1 to 70 bytes without CR.
  explicit BoundarySearch(std::string_view boundary);

  struct Step {
    std::string_view held;     ///< bytes of earlier pieces that were content after all, before `content`
    std::string_view content;  ///< a beginning of the piece
    std::size_t consumed = 0;  ///< bytes of the piece, with those of the delimiter
    bool found = false;        ///< a delimiter ended the content; otherwise the whole piece is consumed
  };
  [[nodiscard]] Step next(std::string_view piece) noexcept;

  /// The bytes of the delimiter that was found last, less a CRLF that was assumed.
  [[nodiscard]] std::string_view found_text() const noexcept {
    return std::string_view(delimiter_).substr(found_from_);
  }
  /// As if a CRLF had come: the next bytes may be a delimiter without its own. REQUIRES: nothing came yet, or a
  /// delimiter was found last.
  void assume_line_start() noexcept { matched_ = assumed_ = 2; }

 private:
  void found(std::size_t from) noexcept;
  [[nodiscard]] std::size_t find(std::string_view bytes) const noexcept;
  [[nodiscard]] std::size_t unfinished_at_end(std::string_view bytes) const noexcept;

  std::string delimiter_;
  std::array<std::uint8_t, 256> shift_;  // Horspool: how far to go on by the byte under the delimiter's last
  std::size_t matched_ = 0;              // bytes of the delimiter that ended the earlier pieces,
  std::size_t assumed_ = 0;              // as many of its first as were not in the pieces
  std::size_t found_from_ = 0;
};

}  // namespace serval::detail
