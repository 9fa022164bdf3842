// SPDX-License-Identifier: MIT
#include "compression/encoder.hpp"

#include <stdexcept>
#include <string>

namespace serval::http {

bool has_coding(ContentCoding coding) noexcept {
  switch (coding) {
    case ContentCoding::gzip:
      return true;
    case ContentCoding::br:
      return detail::has_brotli;
    case ContentCoding::zstd:
      return detail::has_zstd;
  }
  return false;
}

}  // namespace serval::http

namespace serval {

namespace detail {

std::unique_ptr<http::BodyEncoder> make_encoder(const EncoderOptions& options) {
  std::unique_ptr<http::BodyEncoder> made;
  switch (options.coding) {
    case http::ContentCoding::gzip:
      made = make_gzip_encoder(options);
      break;
    case http::ContentCoding::br:
      made = make_brotli_encoder(options);
      break;
    case http::ContentCoding::zstd:
      made = make_zstd_encoder(options);
      break;
  }
  if (!made) throw std::logic_error("this build lacks the content coding " + std::string(name_of(options.coding)));
  return made;
}

std::string_view name_of(http::ContentCoding coding) noexcept {
  switch (coding) {
    case http::ContentCoding::gzip:
      return "gzip";
    case http::ContentCoding::br:
      return "br";
    case http::ContentCoding::zstd:
      return "zstd";
  }
  return "identity";
}

}  // namespace detail
}  // namespace serval
