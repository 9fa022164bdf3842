// SPDX-License-Identifier: MIT
// Reads the fields with which proxies describe a client: `forwarded`, `x-forwarded-for` and the others.
#include <serval/middleware/forwarded_headers.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <serval/http/target.hpp>

#include "http/root_path.hpp"
#include "middleware/forwarded_field.hpp"
#include "middleware/trusted_proxies.hpp"

namespace {

using serval::detail::PeerAddress;
using serval::detail::PeerNode;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

// Every text of an address is read as the same address.
void check_node(std::string_view text) {
  const auto node = PeerNode::read(text, PeerNode::Ipv6::bare_or_bracketed);
  require(node || !PeerNode::read(text, PeerNode::Ipv6::bracketed));
  if (!node) return;
  const auto again = PeerAddress::read(node->address.to_text());
  require(again && again->bytes == node->address.bytes);
}

// Whatever a proxy sends, the request has a client, a scheme, a host and a root path that links can contain.
void check_request(serval::ForwardedHeaders& middleware, std::string_view text) {
  serval::Request request;
  request.set_client({"10.0.0.1", 1});
  for (const char* name :
       {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-prefix", "forwarded"}) {
    request.mutable_headers().add(name, text);
  }
  middleware.before(request);
  require(PeerAddress::read(request.client().host).has_value());
  require(request.scheme() == "http" || request.scheme() == "https");
  require(serval::http::is_valid_host(request.host()));
  require(serval::detail::is_root_path(request.root_path()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static serval::ForwardedHeaders x_forwarded({.trusted = {"10.0.0.0/8"}, .host = true, .prefix = true});
  static serval::ForwardedHeaders rfc7239(
      {.trusted = {"10.0.0.0/8"}, .family = serval::ForwardedFamily::rfc7239, .host = true});
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_node(text);
  check_request(x_forwarded, text);
  check_request(rfc7239, text);
  if (const auto elements = serval::detail::parse_forwarded(text)) {
    require(!elements->empty() && elements->size() <= serval::detail::max_forwarded_elements);
    for (const auto& element : *elements) check_node(element.node);
  }
  static_cast<void>(serval::detail::TrustedProxies::fault_of(text));
  return 0;
}
