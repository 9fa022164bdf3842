// SPDX-License-Identifier: MIT
#include <serval/schema/ip_address.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

#include "schema/text_ops.hpp"

namespace serval {

namespace {

std::optional<Ipv4Address> read_v4(std::string_view text) {
  Ipv4Address address;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t length = i < 3 ? text.find('.') : text.size();
    if (length == std::string_view::npos || length == 0 || length > 3) return std::nullopt;
    const std::string_view part = text.substr(0, length);
    // Some readers take a leading zero for octal, so that it must not be there.
    if (part.size() > 1 && part.front() == '0') return std::nullopt;
    const auto read = std::from_chars(part.data(), part.data() + part.size(), address.bytes[i]);
    if (read.ec != std::errc{} || read.ptr != part.data() + part.size()) return std::nullopt;
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return address;
}

/// Groups of an IPv6 address from one end or the other of the `::`; false for what are none.
bool read_groups(std::string_view text, std::array<std::uint16_t, 8>& groups, std::size_t& count) {
  count = 0;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find(':'), text.size());
    const std::string_view part = text.substr(0, length);
    if (part.find('.') != std::string_view::npos) {  // the last 32 bits as IPv4
      const auto v4 = read_v4(part);
      if (!v4 || length != text.size() || count > 6) return false;
      for (std::size_t i = 0; i < 4; i += 2)
        groups[count++] = static_cast<std::uint16_t>(v4->bytes[i] << 8 | v4->bytes[i + 1]);
      return true;
    }
    if (part.empty() || part.size() > 4 || count == 8) return false;
    const auto read = std::from_chars(part.data(), part.data() + part.size(), groups[count], 16);
    if (read.ec != std::errc{} || read.ptr != part.data() + part.size()) return false;
    ++count;
    if (length == text.size()) return true;
    text.remove_prefix(length + 1);
    if (text.empty()) return false;  // it ended in a colon
  }
  return true;
}

std::optional<Ipv6Address> read_v6(std::string_view text) {
  std::array<std::uint16_t, 8> groups{}, tail{};
  std::size_t count = 0, tail_count = 0;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    if (!read_groups(text, groups, count) || count != 8) return std::nullopt;
  } else {
    if (!read_groups(text.substr(0, gap), groups, count) || !read_groups(text.substr(gap + 2), tail, tail_count) ||
        count + tail_count > 7 || text.substr(0, gap).find('.') != std::string_view::npos) {
      return std::nullopt;
    }
    std::fill(groups.begin() + static_cast<std::ptrdiff_t>(count), groups.end(), std::uint16_t{0});
    std::copy_n(tail.begin(), tail_count, groups.end() - static_cast<std::ptrdiff_t>(tail_count));
  }
  Ipv6Address address;
  for (std::size_t i = 0; i < 8; ++i) {
    address.bytes[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
    address.bytes[2 * i + 1] = static_cast<std::uint8_t>(groups[i] & 0xFF);
  }
  return address;
}

std::optional<IpAddress> read_any(std::string_view text) {
  if (const auto v4 = read_v4(text)) return IpAddress{false, *v4, {}};
  if (const auto v6 = read_v6(text)) return IpAddress{true, {}, *v6};
  return std::nullopt;
}

template <class Address>
Address need(const std::optional<Address>& address, std::string_view text, const char* kind) {
  if (!address) throw std::invalid_argument("'" + std::string(text) + "' is no " + kind + " address");
  return *address;
}

}  // namespace

Ipv4Address Ipv4Address::parse(std::string_view text) { return need(read_v4(text), text, "IPv4"); }
Ipv6Address Ipv6Address::parse(std::string_view text) { return need(read_v6(text), text, "IPv6"); }
IpAddress IpAddress::parse(std::string_view text) { return need(read_any(text), text, "IP"); }

std::string Ipv4Address::to_string() const {
  std::string out;
  for (const std::uint8_t byte : bytes) out += (out.empty() ? "" : ".") + std::to_string(byte);
  return out;
}

std::string Ipv6Address::to_string() const {
  std::array<unsigned, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) groups[i] = static_cast<unsigned>(bytes[2 * i]) << 8 | bytes[2 * i + 1];
  // The first of the longest runs of at least two zeros.
  std::size_t gap = 8, gap_length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t length = 0;
    while (i + length < 8 && groups[i + length] == 0) ++length;
    if (length > gap_length) {
      gap = i;
      gap_length = length;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < 8;) {
    if (i == gap) {
      out += "::";
      i += gap_length;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    std::array<char, 4> digits{};
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), groups[i], 16).ptr);
    ++i;
  }
  return out;
}

namespace detail {

namespace {

Fault fault_v4() { return {"ip_v4_address", "Input is not a valid IPv4 address", {}}; }
Fault fault_v6() { return {"ip_v6_address", "Input is not a valid IPv6 address", {}}; }
Fault fault_any() { return {"ip_any_address", "value is not a valid IPv4 or IPv6 address", {}}; }

template <class Address, std::optional<Address> (*Read)(std::string_view), Fault (*Refusal)()>
bool parse(std::string_view text, void* out, Fault& fault) {
  const auto address = Read(text);
  if (!address) return refuse(fault, Refusal());
  *static_cast<Address*>(out) = *address;
  return true;
}

template <class Address>
void append(std::string& out, const void* value) {
  out += static_cast<const Address*>(value)->to_string();
}

}  // namespace

const TextOps ipv4_ops{
    .label = "IPv4Address",
    .schema = R"({"type":"string","format":"ipv4"})",
    .output_schema = {},
    .parse = parse<Ipv4Address, read_v4, fault_v4>,
    .append = append<Ipv4Address>,
    .wrong_type = fault_v4,
};
const TextOps ipv6_ops{
    .label = "IPv6Address",
    .schema = R"({"type":"string","format":"ipv6"})",
    .output_schema = {},
    .parse = parse<Ipv6Address, read_v6, fault_v6>,
    .append = append<Ipv6Address>,
    .wrong_type = fault_v6,
};
const TextOps ip_ops{
    .label = "IPvAnyAddress",
    .schema = R"({"type":"string","format":"ipvanyaddress"})",
    .output_schema = {},
    .parse = parse<IpAddress, read_any, fault_any>,
    .append = append<IpAddress>,
    .wrong_type = fault_any,
};

}  // namespace detail
}  // namespace serval
