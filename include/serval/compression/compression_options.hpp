// SPDX-License-Identifier: MIT
// How answers are compressed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>

namespace serval::http {

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

}  // namespace serval::http

namespace serval {

class Pool;

/// `app.use(Compression({.minimum_size = 1000}));`
/// An answer is compressed where the client accepts it (`accept-encoding`), unless it is too small, is of a type that
/// is packed already (images, video, audio, archives), or is an event stream. Files are never compressed; StaticFiles
/// can send packed files that lie beside them. Note: an attacker who can make a client ask for pages that hold both a
/// secret and a text of the attacker may guess the secret from the lengths of the answers (the BREACH attack). Do not
/// compress such answers (`RouteOptions::compress`).
struct CompressionOptions {
  /// Whether answers are compressed where the route does not set `RouteOptions::compress`, and where no route took the
  /// request. Default: yes.
  bool enabled = true;
  /// Least body that is compressed, in bytes. Default 500; 0: every body. An answer that is sent in parts has no known
  /// size and is always compressed.
  std::size_t minimum_size = 500;
  /// The codings that clients may get, in order of preference: of those that a client likes equally, it gets the first.
  /// Empty: zstd, br, gzip, without those that this build lacks. Errors: SetupError for a coding that this build lacks.
  http::ContentCodings codings{};
  /// From 1 (fast) to 9 (small). Errors: SetupError for another level.
  int gzip_level = 6;
  /// From 0 (fast) to 11 (small, and far too slow for answers that are made anew each time). Errors: SetupError for
  /// another level.
  int brotli_quality = 4;
  /// From 1 (fast) to 19 (small). Errors: SetupError for another level.
  int zstd_level = 3;
  /// Least body that the pool compresses, in bytes, so that the other connections of the loop need not wait. With a
  /// full pool the answer is sent uncompressed. Default 128 KiB, which takes a millisecond or two; 0: the pool
  /// compresses every body.
  std::size_t pool_size = std::size_t{128} * 1024;
  /// The threads that compress large bodies. Null, the default: some of its own, one a processor, before which at most
  /// 128 bodies wait.
  std::shared_ptr<Pool> pool{};
};

}  // namespace serval
