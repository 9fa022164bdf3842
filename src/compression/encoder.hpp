// SPDX-License-Identifier: MIT
// Packs one body, at once or piece by piece. A driver a file: gzip_encoder.cpp, brotli_encoder.cpp, zstd_encoder.cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <serval/compression/compression_options.hpp>

namespace serval::detail {

/// Errors: `std::bad_alloc`, also where a library only says that it failed: nothing else makes it fail.
class Encoder {
 public:
  /// What the bytes so far must be good for: nothing yet; to be unpacked up to here; to be the whole body.
  enum class Until { more, flush, end };

  Encoder() = default;
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;
  virtual ~Encoder() = default;
  /// Packs the next bytes and appends what comes of them. Not to be called after `end`.
  virtual void encode(std::string_view bytes, Until until, std::string& out) = 0;
};

struct EncoderOptions {
  http::ContentCoding coding = http::ContentCoding::gzip;
  int level = 0;
  /// Of the whole body; nothing where it comes in parts. An encoder of parts takes less memory, since it lives for
  /// long.
  std::optional<std::size_t> size{};
};

/// Errors: `std::logic_error` for a coding that this build has not.
[[nodiscard]] std::unique_ptr<Encoder> make_encoder(const EncoderOptions& options);

/// The drivers. Null: this build has it not.
[[nodiscard]] std::unique_ptr<Encoder> make_gzip_encoder(const EncoderOptions& options);
[[nodiscard]] std::unique_ptr<Encoder> make_brotli_encoder(const EncoderOptions& options);
[[nodiscard]] std::unique_ptr<Encoder> make_zstd_encoder(const EncoderOptions& options);
extern const bool has_brotli;
extern const bool has_zstd;

/// As in `content-encoding`.
[[nodiscard]] std::string_view name_of(http::ContentCoding coding) noexcept;

}  // namespace serval::detail
