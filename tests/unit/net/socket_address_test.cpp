// SPDX-License-Identifier: MIT
#include "net/socket_address.hpp"

#include <gtest/gtest.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>
#include <string>

namespace serval::detail::socket_address_test {

template <class Address>
SocketAddress read(const Address& address, socklen_t size = sizeof(Address)) {
  sockaddr_storage storage{};
  std::memcpy(&storage, &address, sizeof address);
  return to_address(storage, size);
}

SocketAddress read_v6(const char* text, std::uint32_t scope = 0) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(8000);
  address.sin6_scope_id = scope;
  EXPECT_EQ(::inet_pton(AF_INET6, text, &address.sin6_addr), 1);
  return read(address);
}

TEST(SocketAddress, IsAnIpv4Address) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(8000);
  address.sin_addr.s_addr = htonl(0x7F000001);
  const SocketAddress made = read(address);
  EXPECT_EQ(made.family, AF_INET);
  EXPECT_EQ(made.host, "127.0.0.1");
  EXPECT_EQ(made.port, 8000);
}

TEST(SocketAddress, IsAnIpv6Address) {
  EXPECT_EQ(read_v6("2001:db8::1").host, "2001:db8::1");
  EXPECT_EQ(read_v6("2001:db8::1").port, 8000);
  EXPECT_EQ(read_v6("fe80::1", 4'000'000).host, "fe80::1%4000000");
}

/// Such is the address of a client that connects by IPv4 to a socket that accepts both families.
TEST(SocketAddress, IsAnIpv4AddressWhereItIsMapped) { EXPECT_EQ(read_v6("::ffff:10.0.0.1").host, "10.0.0.1"); }

TEST(SocketAddress, IsThePathOfAUnixSocket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  EXPECT_EQ(read(address, offsetof(sockaddr_un, sun_path)).host, "") << "it has none";
  std::strcpy(address.sun_path, "/run/a");
  EXPECT_EQ(read(address).host, "/run/a");
  EXPECT_EQ(read(address).port, 0);
  address.sun_path[0] = '\0';
  EXPECT_EQ(read(address, offsetof(sockaddr_un, sun_path) + 6).host, "@run/a");
}

TEST(UnixAddress, HoldsAPathOf107Bytes) {
  EXPECT_TRUE(UnixAddress::of(std::string(107, 'x')));
  EXPECT_FALSE(UnixAddress::of(std::string(108, 'x')));
}

TEST(UnixAddress, OfTheAbstractNamespaceBeginsWithAZeroByte) {
  const auto address = UnixAddress::of("@ab");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->size(), offsetof(sockaddr_un, sun_path) + 3);
  EXPECT_EQ(reinterpret_cast<const sockaddr_un*>(address->data())->sun_path[0], '\0');
}

}  // namespace serval::detail::socket_address_test
