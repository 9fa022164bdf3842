// SPDX-License-Identifier: MIT
#include <serval/http/url.hpp>

#include <cstddef>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "base/utf8_check.hpp"
#include "http/grammar.hpp"

namespace serval::http {
namespace {

enum class Plus { literal, space };

// REQUIRES: text[position] is '%'. The byte of the escape there, -1 if it is not an escape.
int escaped_byte(std::string_view text, std::size_t position) noexcept {
  if (text.size() - position < 3) return -1;
  return detail::hex_byte(text[position + 1], text[position + 2]);
}

std::string decode(std::string_view text, Plus plus) {
  const char other = plus == Plus::space ? '+' : '%';
  std::size_t first = 0;
  while (first < text.size() && text[first] != '%' && text[first] != other) ++first;
  if (first == text.size()) return std::string(text);
  std::string out;
  out.reserve(text.size());
  out.append(text, 0, first);
  for (std::size_t position = first; position < text.size(); ++position) {
    const char byte = text[position];
    const int escaped = byte == '%' ? escaped_byte(text, position) : -1;
    if (escaped >= 0) {
      out += static_cast<char>(escaped);
      position += 2;
    } else {
      out += byte == '+' && plus == Plus::space ? ' ' : byte;
    }
  }
  return out;
}

// `stays(position)` tells which bytes are copied unchanged.
template <class Stays>
std::string escape(std::string_view text, const Stays& stays) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t position = 0; position < text.size(); ++position) {
    if (stays(position)) {
      out += text[position];
    } else {
      out += '%';
      detail::append_hex(out, static_cast<unsigned char>(text[position]));
    }
  }
  return out;
}

// The position of the first ill-formed sequence from `position` on; the text's size if there is none.
std::size_t find_ill_formed(std::string_view text, std::size_t position) noexcept {
  static_cast<void>(detail::check_utf8(text, position));
  return position;
}

}  // namespace

std::string percent_decode(std::string_view text) { return decode(text, Plus::literal); }

std::string form_decode(std::string_view text) { return decode(text, Plus::space); }

std::string percent_encode(std::string_view text, std::string_view keep) {
  detail::CharSet kept = detail::unreserved_chars;
  kept.add(keep);
  return escape(text, [&](std::size_t position) { return kept.contains(text[position]); });
}

std::string encode_location(std::string_view url) {
  // unreserved and reserved, RFC 3986 section 2.
  static constexpr detail::CharSet legal =
      detail::CharSet(detail::unreserved_chars).add(detail::sub_delims).add(":/?#[]@");
  return escape(url, [url](std::size_t position) {
    return legal.contains(url[position]) || (url[position] == '%' && escaped_byte(url, position) >= 0);
  });
}

std::string replace_invalid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t position = 0;
  for (;;) {
    const std::size_t fault = find_ill_formed(text, position);
    out.append(text, position, fault - position);
    if (fault == text.size()) return out;
    out += detail::utf8_replacement;
    position = fault + detail::utf8_step(text, fault).length;
  }
}

bool is_valid_utf8(std::string_view text) noexcept { return detail::is_utf8(text); }

}  // namespace serval::http
