// SPDX-License-Identifier: MIT
#include <serval/http/target.hpp>

#include <serval/http/headers.hpp>

#include <cstddef>
#include <cstdint>

#include "base/ascii.hpp"
#include "base/byte_scan.hpp"
#include "http/grammar.hpp"

namespace serval::http {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_visible_ascii(std::string_view text) noexcept {
  std::size_t position = 0;
  for (; text.size() - position >= 8; position += 8) {
    const std::uint64_t word = detail::load_bytes(text.data() + position);
    const std::uint64_t other =
        detail::bytes_below(word, 0x21) | detail::bytes_equal_to(word, 0x7F) | (word & detail::byte_highs);
    if (other != 0) return false;
  }
  for (; position < text.size(); ++position) {
    if (text[position] <= ' ' || text[position] == 0x7F || static_cast<unsigned char>(text[position]) >= 0x80)
      return false;
  }
  return true;
}

// dec-octet, RFC 3986 section 3.2.2: no leading zero.
bool is_decimal_octet(std::string_view text) noexcept {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return false;
  int value = 0;
  for (const char byte : text) {
    if (!detail::is_digit(byte)) return false;
    value = value * 10 + (byte - '0');
  }
  return value <= 255;
}

bool is_ipv4_address(std::string_view text) noexcept {
  for (int octet = 0; octet < 3; ++octet) {
    const std::size_t dot = text.find('.');
    if (dot == npos || !is_decimal_octet(text.substr(0, dot))) return false;
    text.remove_prefix(dot + 1);
  }
  return is_decimal_octet(text);
}

bool is_ipv6_group(std::string_view text) noexcept {
  if (text.empty() || text.size() > 4) return false;
  for (const char byte : text) {
    if (detail::hex_value(byte) < 0) return false;
  }
  return true;
}

enum class LastGroup { hex, hex_or_ipv4 };

// The number of 16-bit groups in the colon-separated text; more than 8 if it is malformed.
std::size_t count_ipv6_groups(std::string_view text, LastGroup last) noexcept {
  constexpr std::size_t malformed = 100;
  if (text.empty()) return 0;
  std::size_t groups = 0;
  for (;;) {
    const std::size_t colon = text.find(':');
    if (colon == npos) break;
    if (!is_ipv6_group(text.substr(0, colon))) return malformed;
    text.remove_prefix(colon + 1);
    ++groups;
  }
  if (is_ipv6_group(text)) return groups + 1;
  return last == LastGroup::hex_or_ipv4 && is_ipv4_address(text) ? groups + 2 : malformed;
}

bool is_ipv6_address(std::string_view text) noexcept {
  const std::size_t gap = text.find("::");
  if (gap == npos) return count_ipv6_groups(text, LastGroup::hex_or_ipv4) == 8;
  // The gap replaces at least one group.
  return count_ipv6_groups(text.substr(0, gap), LastGroup::hex) +
             count_ipv6_groups(text.substr(gap + 2), LastGroup::hex_or_ipv4) <=
         7;
}

// IPvFuture, RFC 3986 section 3.2.2: "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" ).
bool is_future_address(std::string_view text) noexcept {
  static constexpr detail::CharSet address_chars =
      detail::CharSet(detail::unreserved_chars).add(detail::sub_delims).add(":");
  if (text.empty() || detail::to_lower(text.front()) != 'v') return false;
  const std::size_t dot = text.find('.');
  if (dot == npos || dot < 2 || dot + 1 == text.size()) return false;
  for (const char byte : text.substr(1, dot - 1)) {
    if (detail::hex_value(byte) < 0) return false;
  }
  return address_chars.contains_all(text.substr(dot + 1));
}

// The length of the reg-name at the beginning of the text (RFC 3986 section 3.2.2), which may be an IPv4 address.
std::size_t registered_name_size(std::string_view text) noexcept {
  static constexpr detail::CharSet name_chars = detail::CharSet(detail::unreserved_chars).add(detail::sub_delims);
  const char* at = text.data();
  const char* const end = at + text.size();
  for (;;) {
    while (at != end && name_chars.contains(*at)) ++at;
    const bool is_escape = end - at > 2 && *at == '%' && detail::hex_byte(at[1], at[2]) >= 0;
    if (!is_escape) return static_cast<std::size_t>(at - text.data());
    at += 3;
  }
}

// IP-literal, RFC 3986 section 3.2.2: the length including the brackets; 0 if there is none.
std::size_t ip_literal_size(std::string_view text) noexcept {
  const std::size_t end = text.find(']');
  if (end == npos) return 0;
  const std::string_view address = text.substr(1, end - 1);
  return is_ipv6_address(address) || is_future_address(address) ? end + 1 : 0;
}

bool is_port(std::string_view text) noexcept {
  std::uint32_t port = 0;
  for (const char byte : text) {
    if (!detail::is_digit(byte)) return false;
    port = port * 10 + static_cast<std::uint32_t>(byte - '0');
    if (port > 65535) return false;
  }
  return true;
}

void split_query(Target& target, std::string_view path_and_query) noexcept {
  const std::size_t mark = path_and_query.find('?');
  target.path = path_and_query.substr(0, mark);
  if (mark != npos) target.query = path_and_query.substr(mark + 1);
}

// REQUIRES: `rest` is the text after "http://" or "https://".
std::optional<Target> parse_absolute(std::string_view scheme, std::string_view rest) noexcept {
  Target target;
  target.form = Target::Form::absolute;
  target.scheme = scheme;
  const std::size_t end = rest.find_first_of("/?");
  target.authority = rest.substr(0, end);
  // User information in a target disguises the real host (RFC 9110 section 4.2.4); an '@' is not part of a host.
  if (!split_host(target.authority)) return std::nullopt;
  if (end != npos) split_query(target, rest.substr(end));
  if (target.path.empty()) target.path = "/";
  return target;
}

}  // namespace

std::optional<HostParts> split_host(std::string_view text) noexcept {
  const std::size_t host_size = text.starts_with('[') ? ip_literal_size(text) : registered_name_size(text);
  if (host_size == 0) return std::nullopt;
  HostParts parts{text.substr(0, host_size), {}};
  if (host_size == text.size()) return parts;
  parts.port = text.substr(host_size + 1);
  if (text[host_size] != ':' || !is_port(parts.port)) return std::nullopt;
  return parts;
}

std::optional<Target> Target::parse(std::string_view text) noexcept {
  if (text.empty() || !is_visible_ascii(text)) return std::nullopt;
  Target target;
  if (text.front() == '/') {
    split_query(target, text);
    return target;
  }
  if (text == "*") {
    target.form = Form::asterisk;
    target.path = text;
    return target;
  }
  for (const std::string_view prefix : {"http://", "https://"}) {
    if (!iequals(text.substr(0, prefix.size()), prefix)) continue;
    return parse_absolute(prefix.substr(0, prefix.size() - 3), text.substr(prefix.size()));
  }
  // The authority form always has a port (RFC 9112 section 3.2.3).
  const std::optional<HostParts> parts = split_host(text);
  if (!parts || parts->port.empty()) return std::nullopt;
  target.form = Form::authority;
  target.authority = text;
  return target;
}

bool is_valid_host(std::string_view host) noexcept { return host.empty() || split_host(host).has_value(); }

}  // namespace serval::http
