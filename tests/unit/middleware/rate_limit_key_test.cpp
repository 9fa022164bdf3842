// SPDX-License-Identifier: MIT
#include <serval/middleware/rate_limit_key.hpp>

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/support/setup_error.hpp"

namespace serval::rate_limit_key_test {

std::string network(const char* host) {
  Request request;
  request.set_client({host, 1});
  return client_network(request);
}

TEST(ClientNetwork, IsTheAddressOfAnIpv4Client) { EXPECT_EQ(network("192.0.2.1"), "192.0.2.1"); }

TEST(ClientNetwork, IsTheFirst64BitsOfAnIpv6Address) {
  EXPECT_EQ(network("2001:db8:0:1::1"), "2001:db8:0:1::/64");
  EXPECT_EQ(network("2001:db8:0:1:ffff:ffff:ffff:ffff"), "2001:db8:0:1::/64");
  EXPECT_NE(network("2001:db8:0:2::1"), "2001:db8:0:1::/64");
  EXPECT_EQ(network("::1"), "::/64");
  EXPECT_EQ(network("fe80::1%eth0"), "fe80::/64");
}

TEST(ClientNetwork, OfAMappedAddressIsTheIpv4Address) {
  EXPECT_EQ(network("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network("::ffff:c000:201"), "192.0.2.1");
  EXPECT_NE(network("::ffff:192.0.2.2"), network("::ffff:192.0.2.1"));
}

TEST(ClientNetwork, OfAnUnknownHostIsThatHost) {
  EXPECT_EQ(network("unix:"), "unix:");
  EXPECT_EQ(network("testclient"), "testclient");
}

TEST(HeaderOrNetwork, IsTheFieldIfThereIsOne) {
  const RateLimitKey key = header_or_network("x-api-key");
  Request request;
  request.set_client({"192.0.2.1", 1});
  EXPECT_EQ(key(request), "192.0.2.1");
  request.mutable_headers().add("X-Api-Key", "");
  EXPECT_EQ(key(request), "192.0.2.1");
  Request other;
  other.set_client({"192.0.2.1", 1});
  other.mutable_headers().add("X-Api-Key", "k");
  EXPECT_EQ(key(other), "field:k");
}

TEST(HeaderOrNetwork, CannotUseTheLimitOfANetwork) {
  Request request;
  request.mutable_headers().add("x-api-key", "192.0.2.7");
  EXPECT_NE(header_or_network("x-api-key")(request), "192.0.2.7");
}

TEST(HeaderOrNetwork, ChecksTheName) {
  EXPECT_EQ(error_of([] { static_cast<void>(header_or_network("a b")); }),
            "header_or_network: 'a b' is no name of a header field");
}

}  // namespace serval::rate_limit_key_test
