// SPDX-License-Identifier: MIT
// The options for the compression of responses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>

namespace serval::http {

/// A content coding, by its name on the wire (RFC 1952, RFC 7932, RFC 8878).
enum class ContentCoding : std::uint8_t { gzip, br, zstd };

/// Whether this build has a coding. It always has gzip; it has br and zstd if their libraries were found.
[[nodiscard]] bool has_coding(ContentCoding coding) noexcept;

/// Content codings, the most preferred first, each at most once. It is not a vector, since that would cost compile time
/// in every file that includes an application.
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
  static constexpr std::size_t max_size = 3;  // the number of codings
  ContentCoding codings_[max_size] = {};
  std::size_t size_ = 0;
};

}  // namespace serval::http

namespace serval {

class Pool;

/// `app.use(Compression({.minimum_size = 1000}));`
/// A response is compressed if the client accepts it (`accept-encoding`), unless it is too small, has a type that is
/// already compressed (images, video, audio, archives), or is an event stream. Files are never compressed; StaticFiles
/// can send precompressed files. Note: an attacker who can make a client request pages that contain both a secret and a
/// text of the attacker may guess the secret from the lengths of the responses (the BREACH attack). Do not compress
/// such responses (`RouteOptions::compress`).
struct CompressionOptions {
  /// Whether responses are compressed if the route does not set `RouteOptions::compress`, or if the request matches no
  /// route. Default: yes.
  bool enabled = true;
  /// The smallest body that is compressed, in bytes. Default 500; 0: every body. A streamed response has no known size
  /// and is always compressed.
  std::size_t minimum_size = 500;
  /// The codings that clients may get, in order of preference: of those that a client accepts with equal weight, it
  /// gets the first. Empty: zstd, br, gzip, without those that this build lacks. Errors: SetupError for a coding that
  /// this build lacks.
  http::ContentCodings codings{};
  /// From 1 (fast) to 9 (small). Errors: SetupError for another level.
  int gzip_level = 6;
  /// From 0 (fast) to 11 (small, but far too slow for generated responses). Errors: SetupError for
  /// another level.
  int brotli_quality = 4;
  /// From 1 (fast) to 19 (small). Errors: SetupError for another level.
  int zstd_level = 3;
  /// The smallest body that the pool compresses, in bytes, so that the other connections of the loop need not wait. If
  /// the pool is full, the response is sent uncompressed. Default 128 KiB, which takes a millisecond or two; 0: the
  /// pool compresses every body.
  std::size_t pool_size = std::size_t{128} * 1024;
  /// The threads that compress large bodies. Null, the default: its own pool with one thread per processor and a queue
  /// of at most 128 bodies.
  std::shared_ptr<Pool> pool{};
};

}  // namespace serval
