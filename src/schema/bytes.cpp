// SPDX-License-Identifier: MIT
#include <serval/schema/bytes.hpp>

#include <algorithm>

#include <serval/base/json_escape.hpp>

#include "schema/text_ops.hpp"

namespace serval::detail {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

Fault fault_bytes_type() { return {"bytes_type", "Input should be a valid bytes", {}}; }

bool refuse_base64(Fault& fault, const std::string& error) {
  Fault why{"bytes_invalid_encoding", "Data should be valid base64: " + error,
            R"({"encoding":"base64","encoding_error":)"};
  append_json_string(why.ctx, error);
  why.ctx += '}';
  return refuse(fault, std::move(why));
}

/// 0 to 63, or -1.
int sextet_of(char c) {
  if (c == '+') return 62;
  if (c == '/') return 63;
  const std::size_t index = alphabet.find(c);
  return index == std::string_view::npos ? -1 : static_cast<int>(index);
}

bool parse_base64(std::string_view text, void* out, Fault& fault) {
  auto& bytes = *static_cast<Base64Bytes*>(out);
  bytes.clear();
  const std::size_t end = std::min(text.find_last_not_of('=') + 1, text.size());
  const std::size_t padding = text.size() - end;
  unsigned bits = 0;
  for (std::size_t i = 0; i < end; ++i) {
    const int sextet = sextet_of(text[i]);
    if (sextet < 0) {
      return refuse_base64(fault, "Invalid symbol " + std::to_string(static_cast<unsigned char>(text[i])) +
                                      ", offset " + std::to_string(i) + ".");
    }
    bits = bits << 6 | static_cast<unsigned>(sextet);
    // Each sextet but the first of four completes a byte; what is left of it goes on.
    if (i % 4 != 0) bytes += static_cast<char>(bits >> (6 - 2 * (i % 4)) & 0xFF);
  }
  if (end % 4 == 1) return refuse_base64(fault, "Invalid input length: " + std::to_string(end));
  if (padding > 0 && (end + padding) % 4 != 0) return refuse_base64(fault, "Invalid padding");
  if (padding > 2) return refuse_base64(fault, "Invalid padding");
  const unsigned unused = end % 4 == 2 ? bits & 0xF : end % 4 == 3 ? bits & 0x3 : 0;
  if (unused != 0) {
    return refuse_base64(fault, "Invalid last symbol " + std::to_string(static_cast<unsigned char>(text[end - 1])) +
                                    ", offset " + std::to_string(end - 1) + ".");
  }
  return true;
}

void append_base64(std::string& out, const void* value) {
  const std::string& bytes = *static_cast<const Base64Bytes*>(value);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    unsigned bits = 0;
    for (std::size_t j = 0; j < 3; ++j) bits = bits << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j) out += j <= count ? alphabet[bits >> (18 - 6 * j) & 63] : '=';
  }
}

bool parse_bytes(std::string_view text, void* out, Fault&) {
  static_cast<Bytes*>(out)->assign(text);
  return true;
}

void append_bytes(std::string& out, const void* value) { out += *static_cast<const Bytes*>(value); }

}  // namespace

const TextOps bytes_ops{
    .label = "bytes",
    .schema = R"({"type":"string","contentMediaType":"application/octet-stream"})",
    .output_schema = {},
    .parse = parse_bytes,
    .append = append_bytes,
    .wrong_type = fault_bytes_type,
    .has_length = true,
};
const TextOps base64_ops{
    .label = "bytes",
    .schema = R"({"type":"string","contentEncoding":"base64","contentMediaType":"application/octet-stream"})",
    .output_schema = {},
    .parse = parse_base64,
    .append = append_base64,
    .wrong_type = fault_bytes_type,
    .has_length = true,
};

}  // namespace serval::detail
