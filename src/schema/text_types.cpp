// SPDX-License-Identifier: MIT
// The engine's operations for serval's own classes that are texts on the wire; src/types has their parsers.
#include <string>
#include <utility>

#include <serval/base/json_escape.hpp>
#include <serval/types/bytes.hpp>
#include <serval/types/decimal.hpp>

#include "base/base64.hpp"
#include "json/writer.hpp"
#include "schema/text_ops.hpp"
#include "types/text_parsers.hpp"

namespace serval::detail {

namespace {

template <class T>
void append_written(std::string& out, const void* value) {
  out += static_cast<const T*>(value)->to_string();
}

// Bytes

Fault fault_bytes_type() { return {.type = "bytes_type", .msg = "Input should be a valid bytes"}; }

bool bytes_from_text(std::string_view text, void* out, Fault&) {
  static_cast<Bytes*>(out)->assign(text);
  return true;
}

void append_bytes(std::string& out, const void* value) { out += *static_cast<const Bytes*>(value); }

bool base64_from_text(std::string_view text, void* out, Fault& fault) {
  const std::string error = decode_base64(text, *static_cast<Base64Bytes*>(out));
  if (error.empty()) return true;
  Fault why{.type = "bytes_invalid_encoding",
            .msg = "Data should be valid base64: " + error,
            .ctx = R"({"encoding":"base64","encoding_error":)"};
  append_json_string(why.ctx, error);
  why.ctx += '}';
  return refuse(fault, std::move(why));
}

void append_as_base64(std::string& out, const void* value) {
  append_base64(out, *static_cast<const Base64Bytes*>(value));
}

// Decimals

bool decimal_from_text(std::string_view text, void* out, Fault& fault) {
  switch (static_cast<Decimal*>(out)->assign(text)) {
    case Decimal::Outcome::ok:
      return true;
    case Decimal::Outcome::not_finite:
      return refuse(fault, fault_finite_number());
    case Decimal::Outcome::invalid:
      break;
  }
  return refuse(fault, {.type = "decimal_parsing", .msg = "Input should be a valid decimal"});
}

Fault fault_decimal_type() {
  return {.type = "decimal_type", .msg = "Decimal input should be an integer, float, string or Decimal object"};
}

bool decimal_from_json(JsonValue value, void* out, Fault& fault) {
  if (value.is_integer()) return decimal_from_text(value.raw(), out, fault);
  if (!value.is_real()) return refuse(fault, fault_decimal_type());
  std::string shortest;
  if (!append_double(shortest, value.number(), FloatStyle::python)) return refuse(fault, fault_finite_number());
  return decimal_from_text(shortest, out, fault);
}

// E-mail addresses

bool email_from_text(std::string_view text, void* out, Fault& fault) {
  const std::string reason = parse_email(text, *static_cast<Email*>(out));
  if (reason.empty()) return true;
  Fault why{.type = "value_error", .msg = "value is not a valid email address: " + reason, .ctx = R"({"reason":)"};
  append_json_string(why.ctx, reason);
  why.ctx += '}';
  return refuse(fault, std::move(why));
}

void append_email(std::string& out, const void* value) { out += *static_cast<const Email*>(value); }

// URLs

Fault fault_url_type() { return {.type = "url_type", .msg = "URL input should be a string or URL"}; }

bool read_url(std::string_view text, Url& out, Fault& fault) {
  const std::string error = parse_url(text, out);
  return error.empty() || refuse(fault, fault_with_error("url_parsing", "Input should be a valid URL, ", error));
}

bool url_from_text(std::string_view text, void* out, Fault& fault) {
  return read_url(text, *static_cast<Url*>(out), fault);
}

bool http_url_from_text(std::string_view text, void* out, Fault& fault) {
  Url& url = *static_cast<HttpUrl*>(out);
  if (!read_url(text, url, fault)) return false;
  if (url.scheme() != "http" && url.scheme() != "https") {
    return refuse(fault, {.type = "url_scheme",
                          .msg = "URL scheme should be 'http' or 'https'",
                          .ctx = R"({"expected_schemes":"'http' or 'https'"})"});
  }
  if (url.to_string().size() <= longest_http_url) return true;
  const std::string most = std::to_string(longest_http_url);
  return refuse(fault, {.type = "url_too_long",
                        .msg = "URL should have at most " + most + " characters",
                        .ctx = R"({"max_length":)" + most + "}"});
}

// IP addresses

Fault fault_v4() { return {.type = "ip_v4_address", .msg = "Input is not a valid IPv4 address"}; }
Fault fault_v6() { return {.type = "ip_v6_address", .msg = "Input is not a valid IPv6 address"}; }
Fault fault_any() { return {.type = "ip_any_address", .msg = "value is not a valid IPv4 or IPv6 address"}; }

template <class Address, Fault (*Refusal)()>
bool ip_from_text(std::string_view text, void* out, Fault& fault) {
  return parse_ip(text, *static_cast<Address*>(out)) || refuse(fault, Refusal());
}

}  // namespace

const TextOps bytes_ops{
    .label = "bytes",
    .schema = R"({"type":"string","contentMediaType":"application/octet-stream"})",
    .output_schema = {},
    .parse = bytes_from_text,
    .append = append_bytes,
    .wrong_type = fault_bytes_type,
    .has_length = true,
};
const TextOps base64_ops{
    .label = "bytes",
    .schema = R"({"type":"string","contentEncoding":"base64","contentMediaType":"application/octet-stream"})",
    .output_schema = {},
    .parse = base64_from_text,
    .append = append_as_base64,
    .wrong_type = fault_bytes_type,
    .has_length = true,
};

const TextOps decimal_ops{
    .label = "decimal",
    .schema = R"({"anyOf":[{"type":"number"},{"type":"string"}]})",
    .output_schema = R"({"type":"string"})",
    .parse = decimal_from_text,
    .append = append_written<Decimal>,
    .wrong_type = fault_decimal_type,
    .from_json = decimal_from_json,
    .is_decimal = true,
};

const TextOps email_ops{
    .label = "email",
    .schema = R"({"type":"string","format":"email"})",
    .output_schema = {},
    .parse = email_from_text,
    .append = append_email,
    .wrong_type = fault_string_type,
};

const TextOps url_ops{
    .label = "url",
    .schema = R"({"type":"string","format":"uri","minLength":1})",
    .output_schema = {},
    .parse = url_from_text,
    .append = append_written<Url>,
    .wrong_type = fault_url_type,
};
const TextOps http_url_ops{
    .label = "url",
    .schema = R"({"type":"string","format":"uri","minLength":1,"maxLength":2083})",
    .output_schema = {},
    .parse = http_url_from_text,
    .append = append_written<HttpUrl>,
    .wrong_type = fault_url_type,
};

const TextOps ipv4_ops{
    .label = "IPv4Address",
    .schema = R"({"type":"string","format":"ipv4"})",
    .output_schema = {},
    .parse = ip_from_text<Ipv4Address, fault_v4>,
    .append = append_written<Ipv4Address>,
    .wrong_type = fault_v4,
};
const TextOps ipv6_ops{
    .label = "IPv6Address",
    .schema = R"({"type":"string","format":"ipv6"})",
    .output_schema = {},
    .parse = ip_from_text<Ipv6Address, fault_v6>,
    .append = append_written<Ipv6Address>,
    .wrong_type = fault_v6,
};
const TextOps ip_ops{
    .label = "IPvAnyAddress",
    .schema = R"({"type":"string","format":"ipvanyaddress"})",
    .output_schema = {},
    .parse = ip_from_text<IpAddress, fault_any>,
    .append = append_written<IpAddress>,
    .wrong_type = fault_any,
};

}  // namespace serval::detail
