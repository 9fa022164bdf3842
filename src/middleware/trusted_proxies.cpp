// SPDX-License-Identifier: MIT
#include "middleware/trusted_proxies.hpp"

#include <algorithm>
#include <cstddef>

#include <serval/base/error.hpp>
#include <serval/types/ip_address.hpp>

#include "base/ascii.hpp"
#include "base/read_number.hpp"
#include "types/text_parsers.hpp"

namespace serval::detail {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr unsigned mapped_bits = 96;
constexpr std::string_view all_peers = "*";

/// Whether the first `bits` bits of both are equal.
bool have_equal_bits(const PeerAddress& one, const PeerAddress& other, unsigned bits) noexcept {
  const std::size_t whole = bits / 8;
  if (!std::equal(one.bytes.begin(), one.bytes.begin() + whole, other.bytes.begin())) return false;
  const unsigned rest = bits % 8;
  return rest == 0 || ((one.bytes[whole] ^ other.bytes[whole]) >> (8 - rest)) == 0;
}

/// The address without the bits after the first `bits`.
PeerAddress masked(PeerAddress address, unsigned bits) noexcept {
  for (std::size_t index = 0; index < address.bytes.size(); ++index) {
    const unsigned begin = static_cast<unsigned>(index) * 8;
    const unsigned kept = bits <= begin ? 0 : std::min(bits - begin, 8U);
    address.bytes[index] &= static_cast<std::uint8_t>(0xFF00U >> kept);
  }
  return address;
}

/// Nothing if it is no port; 0 for a name that hides one.
std::optional<std::uint16_t> read_port(std::string_view text) noexcept {
  std::uint16_t port = 0;
  if (read_number(text, port)) return port;
  const auto is_of_name = [](char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; };
  if (text.size() < 2 || text.front() != '_' || !std::all_of(text.begin(), text.end(), is_of_name)) return std::nullopt;
  return 0;
}

}  // namespace

std::optional<PeerAddress> PeerAddress::read(std::string_view text) noexcept {
  PeerAddress made;
  if (Ipv4Address v4; parse_ip(text, v4)) {
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), made.bytes.begin());
    std::copy(v4.bytes.begin(), v4.bytes.end(), made.bytes.begin() + mapped_prefix.size());
    return made;
  }
  Ipv6Address v6;
  if (!parse_ip(text, v6)) return std::nullopt;
  made.bytes = v6.bytes;
  return made;
}

bool PeerAddress::is_ipv4() const noexcept {
  return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin());
}

std::string PeerAddress::to_text() const {
  if (!is_ipv4()) return Ipv6Address{bytes}.to_string();
  Ipv4Address v4;
  std::copy(bytes.begin() + mapped_prefix.size(), bytes.end(), v4.bytes.begin());
  return v4.to_string();
}

std::optional<PeerNode> PeerNode::read(std::string_view text, Ipv6 ipv6) noexcept {
  std::string_view host = text;
  std::string_view port;
  bool has_port = false;
  const bool is_bracketed = text.starts_with('[');
  if (is_bracketed) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    host = text.substr(1, end - 1);
    port = text.substr(end + 1);
    has_port = !port.empty();
    if (has_port && port.front() != ':') return std::nullopt;
    if (has_port) port.remove_prefix(1);
  } else if (const std::size_t colon = text.find(':'); colon != text.npos && text.find(':', colon + 1) == text.npos) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
    has_port = true;
  }
  const bool is_ipv6 = host.find(':') != std::string_view::npos;
  if (is_ipv6 ? !is_bracketed && ipv6 == Ipv6::bracketed : is_bracketed) return std::nullopt;
  const auto address = PeerAddress::read(host);
  const auto number = has_port ? read_port(port) : std::uint16_t{0};
  if (!address || !number) return std::nullopt;
  return PeerNode{*address, *number};
}

bool TrustedProxies::Network::is_whole() const noexcept {
  return bits == 0 || (bits == mapped_bits && address.is_ipv4());
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& proxies, std::string_view owner) {
  for (const std::string& text : proxies) {
    Network network;
    if (text == all_peers) {
      all_peers_ = true;
    } else if (text == http::Client::of_unix_socket) {
      unix_sockets_ = true;
    } else if (const std::string fault = read(text, network); !fault.empty()) {
      throw SetupError(std::string(owner) + ": " + fault, {});
    } else if (network.is_whole()) {
      (network.bits == 0 ? all_ipv6_ : all_ipv4_) = true;
    } else {
      networks_.push_back(network);
    }
  }
}

/// Returns what is wrong with the text of a network or an address.
std::string TrustedProxies::read(std::string_view text, Network& out) {
  const std::string subject = "'" + std::string(text) + "' ";
  const std::size_t slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  const auto address = PeerAddress::read(host);
  unsigned bits = 128;
  const unsigned skipped = host.find(':') == std::string_view::npos ? mapped_bits : 0;
  const bool has_bits = slash == std::string_view::npos || read_number(text.substr(slash + 1), bits, 128 - skipped);
  if (!address || !has_bits) {
    return subject +
           "is no trusted proxy; write an address, a network such as \"10.0.0.0/8\", \"unix:\" for Unix sockets, or "
           "\"*\" for all peers";
  }
  out = {*address, slash == std::string_view::npos ? 128 : bits + skipped};
  const PeerAddress first = masked(out.address, out.bits);
  if (first.bytes == out.address.bytes) return {};
  return subject + "is no network: its address has bits beyond the prefix; write \"" + first.to_text() +
         std::string(text.substr(slash)) + "\"";
}

std::string TrustedProxies::fault_of(std::string_view text) {
  Network unused;
  return text == all_peers || text == http::Client::of_unix_socket ? std::string() : read(text, unused);
}

bool TrustedProxies::trusts(const http::Client& peer) const noexcept {
  if (all_peers_) return true;
  if (peer.host == http::Client::of_unix_socket) return unix_sockets_;
  const std::string_view host = peer.host;
  const auto address = PeerAddress::read(host.substr(0, host.find('%')));  // without the zone of a local link
  return address && ((address->is_ipv4() ? all_ipv4_ : all_ipv6_) || contains(*address));
}

bool TrustedProxies::contains(const PeerAddress& address) const noexcept {
  // A shorter prefix is that of a network of IPv6, also if the mapped addresses of IPv4 begin with it.
  const unsigned fewest_bits = address.is_ipv4() ? mapped_bits : 0;
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    return network.bits >= fewest_bits && have_equal_bits(address, network.address, network.bits);
  });
}

}  // namespace serval::detail
