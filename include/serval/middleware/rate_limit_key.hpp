// SPDX-License-Identifier: MIT
// Whom a rate limit counts: functions for `RateLimitOptions::key`.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <serval/http/request.hpp>

namespace serval {

/// Gives each request the key that its limit counts; nothing: the request is not limited. An exception is the answer to
/// the request, as in any `before`. Thread safety: several threads call it at once.
using RateLimitKey = std::function<std::optional<std::string>(const Request&)>;

/// The network of the client: an IPv4 address; the first 64 bits of an IPv6 address, since a client usually has all
/// addresses below them. An IPv4 address in an IPv6 address, "::ffff:192.0.2.1", is that IPv4 address. All clients of
/// Unix sockets have the same key. Behind a proxy that the server does not trust, all clients have the proxy's address.
/// Shape: "192.0.2.1", "2001:db8:0:1::/64".
[[nodiscard]] std::string client_network(const Request& request);

/// The value of a header field, such as an API key; `client_network` for requests without it. A client that invents
/// values gets a new limit with each, so use it only if something in front has checked them; otherwise limit callers in
/// a dependency, after they are known. Errors: SetupError for a text that is no name of a field.
[[nodiscard]] RateLimitKey header_or_network(std::string field);

}  // namespace serval
