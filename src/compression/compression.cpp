// SPDX-License-Identifier: MIT
#include <serval/compression/compression.hpp>

#include <utility>

#include "compression/compressor.hpp"

namespace serval {

Compression::Compression(CompressionOptions options)
    : compressor_(std::make_shared<detail::Compressor>(std::move(options))) {}

http::Pending Compression::after(const Request& request, Response& response) {
  return compressor_->apply(request, response);
}

}  // namespace serval
