// SPDX-License-Identifier: MIT
#include "http/content_disposition.hpp"

#include <serval/http/url.hpp>

#include <stdexcept>

#include "http/grammar.hpp"

namespace serval::detail {

std::string format_content_disposition(std::string_view type, std::string_view filename) {
  if (breaks_a_line(filename)) throw std::invalid_argument("a file name has CR, LF or NUL in it");
  const std::string encoded = http::percent_encode(filename);
  std::string field(type);
  if (encoded == filename) return field.append("; filename=\"").append(encoded).append("\"");
  return field.append("; filename*=utf-8''").append(encoded);
}

}  // namespace serval::detail
