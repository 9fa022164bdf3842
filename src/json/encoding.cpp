// SPDX-License-Identifier: MIT
#include "json/encoding.hpp"

namespace serval::detail {
namespace {

using namespace std::string_view_literals;

std::uint32_t byte_at(const char* p, std::size_t i) { return static_cast<unsigned char>(p[i]); }

std::uint32_t unit16(const char* p, bool little) {
  return little ? byte_at(p, 0) | byte_at(p, 1) << 8 : byte_at(p, 1) | byte_at(p, 0) << 8;
}

std::uint32_t unit32(const char* p, bool little) {
  return little ? unit16(p, true) | unit16(p + 2, true) << 16 : unit16(p + 2, false) | unit16(p, false) << 16;
}

void decode_utf16(std::string_view body, bool little, std::string& out) {
  for (std::size_t i = 0; i + 2 <= body.size(); i += 2) {
    std::uint32_t code = unit16(body.data() + i, little);
    if (code >= 0xD800 && code < 0xDC00 && i + 4 <= body.size()) {
      const std::uint32_t low = unit16(body.data() + i + 2, little);
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    append_utf8(out, code);
  }
}

bool decode_utf32(std::string_view body, bool little, std::string& out) {
  for (std::size_t i = 0; i + 4 <= body.size(); i += 4) {
    const std::uint32_t code = unit32(body.data() + i, little);
    if (code > 0x10FFFF) return false;
    append_utf8(out, code);
  }
  return true;
}

}  // namespace

JsonEncodingMark detect_json_encoding(std::string_view body) noexcept {
  // UTF-32 first: its little-endian mark begins with that of UTF-16.
  if (body.starts_with("\x00\x00\xFE\xFF"sv)) return {JsonEncoding::utf32_be, 4};
  if (body.starts_with("\xFF\xFE\x00\x00"sv)) return {JsonEncoding::utf32_le, 4};
  if (body.starts_with("\xFE\xFF"sv)) return {JsonEncoding::utf16_be, 2};
  if (body.starts_with("\xFF\xFE"sv)) return {JsonEncoding::utf16_le, 2};
  if (body.starts_with("\xEF\xBB\xBF"sv)) return {JsonEncoding::utf8, 3};
  if (body.size() >= 4) {
    if (body[0] == 0) return {body[1] == 0 ? JsonEncoding::utf32_be : JsonEncoding::utf16_be, 0};
    if (body[1] == 0) return {body[2] == 0 && body[3] == 0 ? JsonEncoding::utf32_le : JsonEncoding::utf16_le, 0};
  } else if (body.size() == 2) {
    if (body[0] == 0) return {JsonEncoding::utf16_be, 0};
    if (body[1] == 0) return {JsonEncoding::utf16_le, 0};
  }
  return {JsonEncoding::utf8, 0};
}

bool decode_to_utf8(std::string_view body, JsonEncoding encoding, std::string& out) {
  out.clear();
  if (encoding == JsonEncoding::utf16_le || encoding == JsonEncoding::utf16_be) {
    decode_utf16(body, encoding == JsonEncoding::utf16_le, out);
    return body.size() % 2 == 0;
  }
  return decode_utf32(body, encoding == JsonEncoding::utf32_le, out) && body.size() % 4 == 0;
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;
  const auto tail = [code](unsigned shift) { return static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0 | code >> 6));
    out.push_back(tail(0));
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | code >> 12));
    out.push_back(tail(6));
    out.push_back(tail(0));
  } else {
    out.push_back(static_cast<char>(0xF0 | code >> 18));
    out.push_back(tail(12));
    out.push_back(tail(6));
    out.push_back(tail(0));
  }
}

}  // namespace serval::detail
