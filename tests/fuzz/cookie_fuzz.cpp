// SPDX-License-Identifier: MIT
// Parses the `cookie` field, sets its values with `set-cookie`, and parses dates.
#include <serval/http/cookie.hpp>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

// A value that a cookie can be set to is the same when the client sends it back.
void check_round_trip(std::string_view value) {
  serval::http::CookieOptions options;
  options.path.clear();
  options.same_site = serval::http::SameSite::unset;
  try {
    const std::string field = serval::http::format_set_cookie("name", value, options);
    for (const char byte : field) require(byte >= ' ' && byte != ';' && byte != 0x7F);
    serval::http::Cookies cookies;
    cookies.parse(field);
    require(cookies.size() == 1 && cookies.get("name") == value);
  } catch (const std::invalid_argument&) {
    bool refusable = false;
    for (const char byte : value) {
      const auto code = static_cast<unsigned char>(byte);
      refusable = refusable || byte == ';' || code < ' ' || code == 0x7F;
    }
    require(refusable);
  }
}

void check_attributes(std::string_view text) {
  serval::http::CookieOptions options;
  options.path = text;
  options.domain = text;
  try {
    const std::string field = serval::http::format_set_cookie(text, "x", options);
    require(field.find_first_of("\r\n") == std::string::npos);
  } catch (const std::invalid_argument&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  serval::http::Cookies cookies;
  cookies.parse(text);
  for (const auto& [name, value] : cookies) {
    require(cookies.contains(name));
    check_round_trip(value);
  }
  check_round_trip(text);
  check_attributes(text);
  if (const auto time = serval::http::parse_http_date(text)) {
    require(serval::http::parse_http_date(serval::http::format_http_date(*time)).has_value());
  }
  return 0;
}
