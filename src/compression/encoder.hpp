// SPDX-License-Identifier: MIT
// Makes the encoder of a content coding. A driver a file: gzip_encoder.cpp, brotli_encoder.cpp, zstd_encoder.cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include <serval/compression/compression_options.hpp>
#include <serval/http/body_encoder.hpp>

namespace serval::detail {

struct EncoderOptions {
  http::ContentCoding coding = http::ContentCoding::gzip;
  int level = 0;
  /// Of the whole body; nothing where it comes in parts. An encoder of parts takes less memory, since it lives for
  /// long.
  std::optional<std::size_t> size{};
};

/// Errors: `std::logic_error` for a coding that this build has not.
[[nodiscard]] std::unique_ptr<http::BodyEncoder> make_encoder(const EncoderOptions& options);

/// The drivers. Null: this build has it not.
[[nodiscard]] std::unique_ptr<http::BodyEncoder> make_gzip_encoder(const EncoderOptions& options);
[[nodiscard]] std::unique_ptr<http::BodyEncoder> make_brotli_encoder(const EncoderOptions& options);
[[nodiscard]] std::unique_ptr<http::BodyEncoder> make_zstd_encoder(const EncoderOptions& options);
extern const bool has_brotli;
extern const bool has_zstd;

/// As in `content-encoding`.
[[nodiscard]] std::string_view name_of(http::ContentCoding coding) noexcept;

}  // namespace serval::detail
