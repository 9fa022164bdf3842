// SPDX-License-Identifier: MIT
// Finds a multipart delimiter in content that arrives in pieces, without storing any of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace serval::detail {

/// The search for CRLF "--" boundary, RFC 2046 section 5.1.1. A partial delimiter at the end of a piece is only
/// counted: its bytes are those of the delimiter, and since CR occurs only at its start, no other one can begin inside
/// it.
class BoundarySearch {
 public:
  /// REQUIRES: 1 to 70 bytes without CR.
  explicit BoundarySearch(std::string_view boundary);

  struct Step {
    std::string_view held;     ///< bytes of earlier pieces that turned out to be content, before `content`
    std::string_view content;  ///< a prefix of the piece
    std::size_t consumed = 0;  ///< bytes of the piece, including those of the delimiter
    bool found = false;        ///< a delimiter ended the content; otherwise the whole piece is consumed
  };
  [[nodiscard]] Step next(std::string_view piece) noexcept;

  /// The bytes of the last found delimiter, without an assumed CRLF.
  [[nodiscard]] std::string_view found_text() const noexcept {
    return std::string_view(delimiter_).substr(found_from_);
  }
  /// Assumes a CRLF: the next bytes may be a delimiter without its own. REQUIRES: nothing was searched yet, or a
  /// delimiter was found last.
  void assume_line_start() noexcept { matched_ = assumed_ = 2; }

 private:
  void found(std::size_t from) noexcept;
  [[nodiscard]] std::size_t find(std::string_view bytes) const noexcept;
  [[nodiscard]] std::size_t unfinished_at_end(std::string_view bytes) const noexcept;

  std::string delimiter_;
  std::array<std::uint8_t, 256> shift_;  // Horspool: how far to move on for the byte under the delimiter's last one
  std::size_t matched_ = 0;              // number of bytes of the delimiter at the end of the earlier pieces,
  std::size_t assumed_ = 0;              // and how many of its first bytes were assumed
  std::size_t found_from_ = 0;
};

}  // namespace serval::detail
