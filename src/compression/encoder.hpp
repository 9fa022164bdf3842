// SPDX-License-Identifier: MIT
// Makes the encoder for a content coding. Each coding has its own file: gzip_encoder.cpp, brotli_encoder.cpp,
// zstd_encoder.cpp.
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
  /// The size of the whole body in bytes; empty for a streamed body. An encoder for a streamed body uses less memory,
  /// since it lives long.
  std::optional<std::size_t> size{};
};

/// Errors: `std::logic_error` for a coding that this build lacks.
[[nodiscard]] std::unique_ptr<http::BodyEncoder> make_encoder(const EncoderOptions& options);

/// The function for each coding. Returns null if this build lacks the coding.
[[nodiscard]] std::unique_ptr<http::BodyEncoder> make_gzip_encoder(const EncoderOptions& options);
[[nodiscard]] std::unique_ptr<http::BodyEncoder> make_brotli_encoder(const EncoderOptions& options);
[[nodiscard]] std::unique_ptr<http::BodyEncoder> make_zstd_encoder(const EncoderOptions& options);
extern const bool has_brotli;
extern const bool has_zstd;

/// The name of the coding in `content-encoding`. Lifetime: static.
[[nodiscard]] std::string_view name_of(http::ContentCoding coding) noexcept;

}  // namespace serval::detail
