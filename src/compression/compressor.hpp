// SPDX-License-Identifier: MIT
// Compresses responses: decides whether and with which coding, and changes the body and the fields accordingly.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <serval/compression/compression_options.hpp>
#include <serval/handler/pending.hpp>
#include <serval/handler/pool.hpp>
#include <serval/http/request.hpp>
#include <serval/http/response.hpp>

#include "compression/encoder.hpp"

namespace serval::detail {

/// Thread safety: all of it, since it does not change after construction.
class Compressor {
 public:
  /// Errors: SetupError, see CompressionOptions.
  explicit Compressor(CompressionOptions options);

  /// Compresses the response if `choose` finds a coding. The returned task compresses a large body on the pool; a
  /// streamed response gets an encoder, which compresses each part as it is sent. Errors: `std::bad_alloc`; the
  /// response is then unchanged.
  [[nodiscard]] http::Pending apply(const Request& request, Response& response);

  /// The coding for a response, or nothing if it must not be compressed. Adds `Accept-Encoding` to `vary` if the choice
  /// depends on the request.
  [[nodiscard]] std::optional<http::ContentCoding> choose(const Request& request, Response& response) const;
  /// Compresses a whole body, unless the result is not smaller. Errors: as `apply`.
  void pack(Response& response, http::ContentCoding coding) const;

 private:
  [[nodiscard]] bool is_wanted(const Request& request) const noexcept;
  [[nodiscard]] Task<void> pack_on_pool(Response& response, http::ContentCoding coding);
  [[nodiscard]] int level_of(http::ContentCoding coding) const noexcept;

  CompressionOptions options_;
  std::vector<std::string_view> names_;  // the names of `options_.codings`, in the same order
  const std::shared_ptr<Pool> pool_;
};

}  // namespace serval::detail
