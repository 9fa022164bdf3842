// SPDX-License-Identifier: MIT
// What becomes of an answer once it is made: whether it is compressed, by which coding, and what its fields then say.
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

/// Thread safety: only read once it is made.
class Compressor {
 public:
  /// Errors: SetupError, see CompressionOptions.
  explicit Compressor(CompressionOptions options);

  /// Compresses the answer where it may be; a large body by the task, on the pool; parts by an encoder as they come.
  /// Errors: `std::bad_alloc`; the answer is unchanged then.
  [[nodiscard]] http::Pending apply(const Request& request, Response& response);

  /// The coding for an answer. Notes in `vary` that it depends on the request, where it does.
  [[nodiscard]] std::optional<http::ContentCoding> choose(const Request& request, Response& response) const;
  /// Compresses a whole body, unless it only grows by that. Errors: as `apply`.
  void pack(Response& response, http::ContentCoding coding) const;

 private:
  [[nodiscard]] bool is_wanted(const Request& request) const noexcept;
  [[nodiscard]] Task<void> pack_on_pool(Response& response, http::ContentCoding coding);
  [[nodiscard]] int level_of(http::ContentCoding coding) const noexcept;

  CompressionOptions options_;
  std::vector<std::string_view> names_;  // of `options_.codings`, in their order
  const std::shared_ptr<Pool> pool_;
};

}  // namespace serval::detail
