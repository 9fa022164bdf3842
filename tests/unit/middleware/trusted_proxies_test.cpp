// SPDX-License-Identifier: MIT
#include "middleware/trusted_proxies.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/support/setup_error.hpp"

namespace serval::detail::trusted_proxies_test {

bool trusts(const std::vector<std::string>& proxies, std::string peer) {
  return TrustedProxies(proxies, "Test").trusts({std::move(peer), 1});
}

TEST(TrustedProxies, TrustAnAddress) {
  EXPECT_TRUE(trusts({"10.0.0.1"}, "10.0.0.1"));
  EXPECT_FALSE(trusts({"10.0.0.1"}, "10.0.0.2"));
  EXPECT_TRUE(trusts({"2001:db8::1"}, "2001:0db8:0::1"));
  EXPECT_TRUE(trusts({"fe80::1"}, "fe80::1%eth0"));
  EXPECT_FALSE(trusts({}, "10.0.0.1"));
}

TEST(TrustedProxies, TrustANetwork) {
  EXPECT_TRUE(trusts({"10.0.0.0/8"}, "10.255.255.255"));
  EXPECT_FALSE(trusts({"10.0.0.0/8"}, "11.0.0.0"));
  EXPECT_TRUE(trusts({"10.128.0.0/9"}, "10.128.0.1"));
  EXPECT_FALSE(trusts({"10.128.0.0/9"}, "10.127.0.1"));
  EXPECT_TRUE(trusts({"2001:db8::/33"}, "2001:db8:7fff::1"));
  EXPECT_FALSE(trusts({"2001:db8::/33"}, "2001:db8:8000::1"));
}

TEST(TrustedProxies, TrustPeersOfANetworkOfAllAddressesButNoAddress) {
  for (const char* network : {"0.0.0.0/0", "::ffff:0:0/96"}) {
    EXPECT_TRUE(trusts({network}, "203.0.113.7")) << network;
    EXPECT_FALSE(trusts({network}, "2001:db8::1")) << network;
    EXPECT_FALSE(trusts({network}, "unix:")) << network;
    EXPECT_FALSE(TrustedProxies({network}, "Test").contains(*PeerAddress::read("203.0.113.7"))) << network;
  }
  EXPECT_TRUE(trusts({"::/0"}, "2001:db8::1"));
  EXPECT_FALSE(trusts({"::/0"}, "203.0.113.7"));
  EXPECT_FALSE(TrustedProxies({"::/0"}, "Test").contains(*PeerAddress::read("2001:db8::1")));
  EXPECT_TRUE(TrustedProxies({"0.0.0.0/0", "10.0.0.0/8"}, "Test").contains(*PeerAddress::read("10.0.0.1")));
}

TEST(TrustedProxies, OfAnIpv6NetworkAreNotThoseOfIpv4) {
  EXPECT_FALSE(trusts({"::/1"}, "10.0.0.1"));
  EXPECT_FALSE(trusts({"::/80"}, "10.0.0.1"));
  EXPECT_FALSE(trusts({"::/80"}, "::ffff:10.0.0.1"));
  EXPECT_TRUE(trusts({"::/80"}, "::1"));
  EXPECT_TRUE(trusts({"::ffff:10.0.0.0/104"}, "10.0.0.1"));
}

TEST(TrustedProxies, TakeAMappedAddressForItsIpv4Address) {
  EXPECT_TRUE(trusts({"10.0.0.0/8"}, "::ffff:10.1.2.3"));
  EXPECT_TRUE(trusts({"::ffff:10.0.0.1"}, "10.0.0.1"));
}

TEST(TrustedProxies, TrustUnixSocketsOnlyIfTheyAreListed) {
  EXPECT_TRUE(trusts({"unix:"}, "unix:"));
  EXPECT_FALSE(trusts({"127.0.0.1", "::1"}, "unix:"));
  EXPECT_FALSE(trusts({"unix:"}, "127.0.0.1"));
}

TEST(TrustedProxies, TrustEveryPeerByAStarButNoAddress) {
  for (const char* peer : {"203.0.113.7", "::1", "unix:", "testclient"}) EXPECT_TRUE(trusts({"*"}, peer)) << peer;
  EXPECT_FALSE(TrustedProxies({"*"}, "Test").contains(*PeerAddress::read("10.0.0.1")));
}

TEST(TrustedProxies, RefuseOtherTexts) {
  for (const char* text : {"", "localhost", "10.0.0", "10.0.0.1/", "10.0.0.1/33", "::/129", "10.0.0.0/8x", "010.0.0.1",
                           "[::1]", "10.0.0.1:80", "unix", "unix:/run/a", "10.0.0.0/-1", " 10.0.0.1"}) {
    EXPECT_EQ(error_of([&] { TrustedProxies({text}, "Test"); }),
              "Test: '" + std::string(text) +
                  "' is no trusted proxy; write an address, a network such as \"10.0.0.0/8\", \"unix:\" for Unix "
                  "sockets, or \"*\" for all peers");
  }
  EXPECT_EQ(error_of([] { TrustedProxies({"10.1.2.3/8"}, "Test"); }),
            "Test: '10.1.2.3/8' is no network: its address has bits beyond the prefix; write \"10.0.0.0/8\"");
  EXPECT_EQ(error_of([] { TrustedProxies({"2001:db8::1/32"}, "Test"); }),
            "Test: '2001:db8::1/32' is no network: its address has bits beyond the prefix; write \"2001:db8::/32\"");
}

std::string read_node(std::string_view text, PeerNode::Ipv6 ipv6 = PeerNode::Ipv6::bare_or_bracketed) {
  const auto node = PeerNode::read(text, ipv6);
  return node ? node->address.to_text() + " " + std::to_string(node->port) : "unreadable";
}

TEST(PeerNode, IsAnAddressWithOrWithoutAPort) {
  EXPECT_EQ(read_node("203.0.113.7"), "203.0.113.7 0");
  EXPECT_EQ(read_node("203.0.113.7:4711"), "203.0.113.7 4711");
  EXPECT_EQ(read_node("2001:DB8:0:0::1"), "2001:db8::1 0");
  EXPECT_EQ(read_node("[2001:db8::1]"), "2001:db8::1 0");
  EXPECT_EQ(read_node("[2001:db8::1]:4711"), "2001:db8::1 4711");
  EXPECT_EQ(read_node("203.0.113.7:_hidden"), "203.0.113.7 0");
}

TEST(PeerNode, TakesAMappedAddressForItsIpv4Address) {
  EXPECT_EQ(read_node("::ffff:203.0.113.7"), "203.0.113.7 0");
  EXPECT_EQ(read_node("[::ffff:cb00:7107]:1"), "203.0.113.7 1");
}

TEST(PeerNode, IsUnreadableAsAnyOtherText) {
  for (const char* text : {"", "unknown", "_hidden", "client.example", "203.0.113", "203.0.113.7:", "203.0.113.7:65536",
                           "203.0.113.7:x", "203.0.113.7:_", "[203.0.113.7]", "[::1", "[::1]x", "[::1]:", "::1%eth0",
                           "203.0.113.7 ", "203.0.113.07", "\"203.0.113.7\"", "203.0.113.7\n"}) {
    EXPECT_EQ(read_node(text), "unreadable") << text;
  }
  EXPECT_EQ(read_node("2001:db8::1", PeerNode::Ipv6::bracketed), "unreadable");
}

}  // namespace serval::detail::trusted_proxies_test
