// SPDX-License-Identifier: MIT
// Whether and how an application compresses its answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace serval {

/// A content coding, by its name on the wire (RFC 1952, RFC 7932, RFC 8878).
enum class ContentCoding : std::uint8_t { gzip, br, zstd };

/// Whether this build has a coding. It always has gzip; br and zstd where their libraries were found.
[[nodiscard]] bool has_coding(ContentCoding coding) noexcept;

/// Content codings, the most wanted first; each stands there once. No vector: that would cost every file that includes
/// an application time to compile.
class ContentCodings {
 public:
  constexpr ContentCodings() noexcept = default;
  constexpr ContentCodings(std::initializer_list<ContentCoding> codings) noexcept {
    for (const ContentCoding coding : codings) push_back(coding);
  }
  constexpr void push_back(ContentCoding coding) noexcept {
    for (const ContentCoding known : *this) {
      if (known == coding) return;
    }
    if (size_ != max_size) codings_[size_++] = coding;
  }
  [[nodiscard]] constexpr const ContentCoding* begin() const noexcept { return codings_; }
  [[nodiscard]] constexpr const ContentCoding* end() const noexcept { return codings_ + size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] constexpr ContentCoding operator[](std::size_t index) const noexcept { return codings_[index]; }

 private:
  static constexpr std::size_t max_size = 3;  // as many as there are
  ContentCoding codings_[max_size] = {};
  std::size_t size_ = 0;
};

/// `App app({.compression = {.enabled = true}});`
/// Compressed is what a client accepts (`accept-encoding`), and what is neither too small nor of a type that is packed
/// already (images, video, audio, archives) nor an event stream. Files are sent as they are: StaticFiles can send
/// packed ones that lie beside them. Note: who can make a client ask for pages that hold both a secret and a text of
/// the attacker's own may guess the secret from their lengths (the BREACH attack): do not compress such answers
/// (`RouteOptions::compress`).
struct CompressionOptions {
  /// Of all routes that do not say so themselves. Default: no.
  bool enabled = false;
  /// Bytes of body from which on it is worth the while. Default 500; 0: from the first byte. What is sent in parts has
  /// no size that is known before and is always compressed.
  std::size_t minimum_size = 500;
  /// Offered to clients, the most wanted first: a client that likes several equally well gets the first of them. Empty,
  /// the default: zstd, br, gzip, as far as this build has them. Errors: SetupError for one that it has not.
  ContentCodings codings{};
  /// Time against size. Errors: SetupError for a level that the coding does not have.
  int gzip_level = 6;      ///< 1 (fast) to 9 (small)
  int brotli_quality = 4;  ///< 0 (fast) to 11 (small, and far too slow for answers that are made anew each time)
  int zstd_level = 3;      ///< 1 (fast) to 19 (small)
  /// Bytes of body from which on a thread of the pool for blocking work compresses it, so that the loop's other
  /// connections need not wait. A full pool: it is sent as it is. Default 128 KiB, a millisecond or two; 0: always.
  std::size_t pool_size = std::size_t{128} * 1024;
};

}  // namespace serval
