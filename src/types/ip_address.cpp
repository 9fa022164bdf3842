// SPDX-License-Identifier: MIT
#include <serval/types/ip_address.hpp>

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "base/ascii.hpp"
#include "types/text_parsers.hpp"

namespace serval {

namespace {

/// Reads all of `text` with inet_pton; refuses a NUL, which would end it early.
template <std::size_t N>
bool read_address(int family, std::string_view text, std::array<std::uint8_t, N>& out) noexcept {
  std::array<char, INET6_ADDRSTRLEN> copy{};
  if (text.size() >= copy.size() || text.find('\0') != std::string_view::npos) return false;
  std::copy(text.begin(), text.end(), copy.begin());
  std::array<std::uint8_t, N> bytes{};
  if (inet_pton(family, copy.data(), bytes.data()) != 1) return false;
  out = bytes;
  return true;
}

/// Two bytes as hexadecimal digits without leading zeros.
std::string group_of(std::uint8_t high, std::uint8_t low) {
  std::string digits;
  detail::append_hex(digits, high, detail::lower_hex_digits);
  detail::append_hex(digits, low, detail::lower_hex_digits);
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
}

template <class Address>
Address need(std::string_view text, const char* kind) {
  Address address;
  if (!detail::parse_ip(text, address))
    throw std::invalid_argument("'" + std::string(text) + "' is no " + kind + " address");
  return address;
}

}  // namespace

bool detail::parse_ip(std::string_view text, Ipv4Address& out) noexcept {
  return read_address(AF_INET, text, out.bytes);
}

bool detail::parse_ip(std::string_view text, Ipv6Address& out) noexcept {
  return read_address(AF_INET6, text, out.bytes);
}

bool detail::parse_ip(std::string_view text, IpAddress& out) noexcept {
  IpAddress read;
  read.is_v6 = !parse_ip(text, read.v4);
  if (read.is_v6 && !parse_ip(text, read.v6)) return false;
  out = read;
  return true;
}

Ipv4Address Ipv4Address::parse(std::string_view text) { return need<Ipv4Address>(text, "IPv4"); }
Ipv6Address Ipv6Address::parse(std::string_view text) { return need<Ipv6Address>(text, "IPv6"); }
IpAddress IpAddress::parse(std::string_view text) { return need<IpAddress>(text, "IP"); }

std::string Ipv4Address::to_string() const {
  // inet_ntop formats with printf, which takes ten times as long.
  std::array<char, INET_ADDRSTRLEN> out{};
  char* end = out.data();
  for (const std::uint8_t byte : bytes) {
    if (end != out.data()) *end++ = '.';
    end = std::to_chars(end, out.data() + out.size(), byte).ptr;
  }
  return {out.data(), end};
}

std::string Ipv6Address::to_string() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  std::string out = inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  // inet_ntop writes the last 32 bits with dots if an IPv4 address is embedded, "::ffff:1.2.3.4"; here all groups are
  // hexadecimal, as in the URL Standard.
  if (out.find('.') != std::string::npos) {
    out.resize(out.rfind(':') + 1);
    out += group_of(bytes[12], bytes[13]) + ':' + group_of(bytes[14], bytes[15]);
  }
  return out;
}

}  // namespace serval
