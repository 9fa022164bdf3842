// SPDX-License-Identifier: MIT
// A middleware that compresses responses for clients that accept it.
#pragma once

#include <memory>

#include <serval/compression/compression_options.hpp>
#include <serval/handler/middleware.hpp>

namespace serval {

namespace detail {
class Compressor;
}  // namespace detail

/// `app.use(Compression());`, see CompressionOptions. Errors: the constructor throws those that the options name.
class Compression {
 public:
  static constexpr Stage stage = Stage::compression;

  explicit Compression(CompressionOptions options = {});

  [[nodiscard]] http::Pending after(const Request& request, Response& response);

 private:
  std::shared_ptr<detail::Compressor> compressor_;  // copies have the same threads
};

}  // namespace serval
