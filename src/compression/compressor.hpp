// SPDX-License-Identifier: MIT
// What becomes of an answer once it is made: whether it is compressed, by which coding, and what its fields then say.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <serval/compression/compression_options.hpp>
#include <serval/handler/exchange.hpp>

#include "compression/encoder.hpp"

namespace serval::detail {

/// Thread safety: only read once it is made.
class Compressor {
 public:
  /// Errors: SetupError, see CompressionOptions.
  explicit Compressor(CompressionOptions options);

  /// Whether answers to this request may be compressed at all: by its route's word, else by that of the options.
  [[nodiscard]] bool is_wanted(const http::Exchange& exchange) const noexcept {
    return exchange.compress.value_or(options_.enabled);
  }

  /// The coding for the answer, which is whole. Notes in `vary` that it depends on the request, where it does.
  [[nodiscard]] std::optional<http::ContentCoding> choose(http::Exchange& exchange) const;
  /// Whether it takes too long for an event loop.
  [[nodiscard]] bool is_large(const Response& response) const noexcept {
    return response.body().size() >= options_.pool_size;
  }
  /// Compresses the body, unless it only grows by that. The answer is unchanged where it throws.
  /// Errors: `std::bad_alloc`.
  void pack(Response& response, http::ContentCoding coding) const;

  /// For an answer that is sent in parts, before its head is: chooses the coding and says so in the head.
  /// Null: the parts go as they are. Errors: `std::bad_alloc`.
  [[nodiscard]] std::unique_ptr<Encoder> begin_parts(http::Exchange& exchange) const;

 private:
  [[nodiscard]] std::optional<http::ContentCoding> negotiate(http::Exchange& exchange) const;
  [[nodiscard]] int level_of(http::ContentCoding coding) const noexcept;

  CompressionOptions options_;
  std::vector<std::string_view> names_;  // of `options_.codings`, in their order
};

}  // namespace serval::detail
