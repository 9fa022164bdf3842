// SPDX-License-Identifier: MIT
#include <serval/schema/bytes.hpp>

#include <serval/base/json_escape.hpp>

#include "base/base64.hpp"
#include "schema/text_ops.hpp"

namespace serval::detail {

namespace {

Fault fault_bytes_type() { return {"bytes_type", "Input should be a valid bytes", {}}; }

bool parse_base64(std::string_view text, void* out, Fault& fault) {
  const std::string error = decode_base64(text, *static_cast<Base64Bytes*>(out));
  if (error.empty()) return true;
  Fault why{"bytes_invalid_encoding", "Data should be valid base64: " + error,
            R"({"encoding":"base64","encoding_error":)"};
  append_json_string(why.ctx, error);
  why.ctx += '}';
  return refuse(fault, std::move(why));
}

void append_as_base64(std::string& out, const void* value) {
  append_base64(out, *static_cast<const Base64Bytes*>(value));
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
    .append = append_as_base64,
    .wrong_type = fault_bytes_type,
    .has_length = true,
};

}  // namespace serval::detail
