// SPDX-License-Identifier: MIT
// Parses query strings and urlencoded bodies.
#include <serval/http/url.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

std::string written(const serval::http::QueryParams& params) {
  std::string text;
  for (const auto& [name, value] : params) {
    if (!text.empty()) text += '&';
    text += serval::http::percent_encode(name) + '=' + serval::http::percent_encode(value);
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto params = serval::http::QueryParams::parse(text);
  require(!params.truncated());
  for (const auto& [name, value] : params) {
    require(serval::http::is_valid_utf8(name) && serval::http::is_valid_utf8(value));
    require(params.get(name) == params.get_all(name).back());
  }
  // A query that was read is the same after it is written and read again.
  const auto again = serval::http::QueryParams::parse(written(params));
  require(written(again) == written(params));

  const auto bounded = serval::http::QueryParams::parse(text, 3);
  require(bounded.size() <= 3);
  require(bounded.truncated() == (params.size() > 3));
  return 0;
}
