// SPDX-License-Identifier: MIT
#include <serval/middleware/rate_limit_key.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/types/ip_address.hpp>

#include "http/grammar.hpp"
#include "types/text_parsers.hpp"

namespace serval {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::string network_of(const Ipv6Address& address) {
  const auto& bytes = address.bytes;
  if (std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin()))
    return Ipv4Address{{bytes[12], bytes[13], bytes[14], bytes[15]}}.to_string();
  Ipv6Address network;
  std::copy_n(bytes.begin(), 8, network.bytes.begin());
  return network.to_string() + "/64";
}

}  // namespace

std::string client_network(const Request& request) {
  const std::string& host = request.client().host;
  if (host.find(':') == std::string::npos) return host;  // an IPv4 address
  Ipv6Address address;
  // Without the zone of a link-local address, "fe80::1%eth0".
  if (!detail::parse_ip(std::string_view(host).substr(0, host.find('%')), address)) return host;
  return network_of(address);
}

RateLimitKey header_or_network(std::string field) {
  if (!detail::is_token(field)) throw SetupError("header_or_network: '" + field + "' is no name of a header field", {});
  return [field = std::move(field)](const Request& request) -> std::optional<std::string> {
    const auto value = request.header(field);
    if (!value || value->empty()) return client_network(request);
    // The mark keeps a value that looks like a network apart from that network.
    return "field:" + std::string(*value);
  };
}

}  // namespace serval
