// SPDX-License-Identifier: MIT
#include <serval/http/cookie.hpp>

#include <array>
#include <stdexcept>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::http {
namespace {

// The characters of a value without quotes. Narrower than RFC 6265's cookie-octet, so that peers that quote by the
// older rule of RFC 2109 read the same value.
constexpr detail::CharSet bare_chars = detail::CharSet(detail::alphanumerics).add("!#$%&'*+-.^_`|~:");
// The characters of a quoted value that need no escape.
constexpr detail::CharSet quoted_chars = detail::CharSet(bare_chars).add(" ()/<=>?@[]{}");

bool is_octal_digit(char byte) noexcept { return byte >= '0' && byte <= '7'; }

// REQUIRES: text[position] is a backslash. Appends the escaped character and returns the length of the escape.
std::size_t unescape(std::string& out, std::string_view text, std::size_t position) {
  const std::string_view behind = text.substr(position + 1);
  if (behind.size() >= 3 && behind[0] <= '3' && is_octal_digit(behind[0]) && is_octal_digit(behind[1]) &&
      is_octal_digit(behind[2])) {
    out += static_cast<char>((behind[0] - '0') * 64 + (behind[1] - '0') * 8 + (behind[2] - '0'));
    return 4;
  }
  if (behind.empty()) {
    out += '\\';
    return 1;
  }
  out += behind.front();
  return 2;
}

std::string unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  text = text.substr(1, text.size() - 2);
  std::string out;
  out.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) {
    if (text[position] == '\\') {
      position += unescape(out, text, position);
    } else {
      out += text[position++];
    }
  }
  return out;
}

void append_value(std::string& out, std::string_view value) {
  if (!value.empty() && bare_chars.contains_all(value)) {
    out += value;
    return;
  }
  out += '"';
  for (const char byte : value) {
    if (quoted_chars.contains(byte)) {
      out += byte;
    } else if (byte == '"' || byte == '\\') {
      out += {'\\', byte};
    } else {
      const auto code = static_cast<unsigned char>(byte);
      out += {'\\', static_cast<char>('0' + (code >> 6)), static_cast<char>('0' + (code >> 3 & 7)),
              static_cast<char>('0' + (code & 7))};
    }
  }
  out += '"';
}

// A ';' would add an attribute, a control byte could end the field.
void check_text(std::string_view what, std::string_view text) {
  for (const char byte : text) {
    if (byte == ';' || detail::is_control(byte)) {
      throw std::invalid_argument("the " + std::string(what) + " of a cookie must not have ';' or control bytes in it");
    }
  }
}

std::string_view same_site_name(SameSite same_site) noexcept {
  constexpr std::array<std::string_view, 3> names = {"lax", "strict", "none"};
  const auto index = static_cast<std::size_t>(same_site);
  return index < names.size() ? names[index] : std::string_view{};
}

}  // namespace

void Cookies::parse(std::string_view field) {
  while (!field.empty()) {
    const std::size_t end = field.find(';');
    const std::string_view pair = field.substr(0, end);
    field.remove_prefix(end == std::string_view::npos ? field.size() : end + 1);
    const std::size_t equals = pair.find('=');
    const bool has_name = equals != std::string_view::npos;
    const std::string_view name = detail::trim_whitespace(has_name ? pair.substr(0, equals) : std::string_view{});
    const std::string_view value = detail::trim_whitespace(has_name ? pair.substr(equals + 1) : pair);
    if (!name.empty() || !value.empty()) pairs_.emplace_back(name, unquote(value));
  }
}

std::optional<std::string_view> Cookies::get(std::string_view name) const noexcept {
  for (auto pair = pairs_.rbegin(); pair != pairs_.rend(); ++pair) {
    if (pair->first == name) return pair->second;
  }
  return std::nullopt;
}

std::string format_set_cookie(std::string_view name, std::string_view value, const CookieOptions& options) {
  if (!detail::is_token(name)) throw std::invalid_argument("a cookie's name must be a token (RFC 6265 section 4.1.1)");
  check_text("value", value);
  check_text("domain", options.domain);
  check_text("path", options.path);

  std::string out(name);
  out += '=';
  append_value(out, value);
  if (!options.domain.empty()) out.append("; Domain=").append(options.domain);
  if (options.expires) out.append("; expires=").append(format_http_date(*options.expires));
  if (options.http_only) out += "; HttpOnly";
  if (options.max_age) out.append("; Max-Age=").append(std::to_string(options.max_age->count()));
  if (!options.path.empty()) out.append("; Path=").append(options.path);
  if (options.same_site != SameSite::unset) out.append("; SameSite=").append(same_site_name(options.same_site));
  if (options.secure) out += "; Secure";
  return out;
}

}  // namespace serval::http
