// SPDX-License-Identifier: MIT
#include <serval/middleware/rate_limit_key.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>

#include "http/grammar.hpp"
#include "middleware/trusted_proxies.hpp"

namespace serval {

std::string client_network(const Request& request) {
  const std::string& host = request.client().host;
  if (host.find(':') == std::string::npos) return host;  // an IPv4 address
  // Without the zone of a link-local address, "fe80::1%eth0".
  auto address = detail::PeerAddress::read(std::string_view(host).substr(0, host.find('%')));
  if (!address) return host;
  if (address->is_ipv4()) return address->to_text();
  std::fill(address->bytes.begin() + 8, address->bytes.end(), std::uint8_t{0});
  return address->to_text() + "/64";
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
