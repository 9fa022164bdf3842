// SPDX-License-Identifier: MIT
#include <serval/types/ip_address.hpp>

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace ip_address_test {

using namespace serval;

std::string v6(std::string_view text) { return Ipv6Address::parse(text).to_string(); }

TEST(Ipv4Address, ReadsFourNumbers) {
  EXPECT_EQ(Ipv4Address::parse("192.168.0.1").to_string(), "192.168.0.1");
  EXPECT_EQ(Ipv4Address::parse("255.255.255.255").bytes[3], 255);
  for (const char* text :
       {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", "a.b.c.d", "1..2.3", "-1.2.3.4"})
    EXPECT_THROW(static_cast<void>(Ipv4Address::parse(text)), std::invalid_argument) << text;
}

TEST(Ipv6Address, IsWrittenInItsShortestForm) {
  EXPECT_EQ(v6("::"), "::");
  EXPECT_EQ(v6("0:0:0:0:0:0:0:1"), "::1");
  EXPECT_EQ(v6("2001:DB8:0:0:1:0:0:1"), "2001:db8::1:0:0:1");
  EXPECT_EQ(v6("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1");
  EXPECT_EQ(v6("fe80::"), "fe80::");
  EXPECT_EQ(v6("::ffff:1.2.3.4"), "::ffff:102:304");
  EXPECT_EQ(v6("1::2:3"), "1::2:3");
}

TEST(Ipv6Address, IsWrittenWithoutDots) {
  EXPECT_EQ(v6("::1.2.3.4"), "::102:304");
  EXPECT_EQ(v6("::ffff:0.2.0.0"), "::ffff:2:0");
  EXPECT_EQ(v6("::ffff:0:0"), "::ffff:0:0");
  EXPECT_EQ(v6("64:ff9b::1.2.3.4"), "64:ff9b::102:304");
}

TEST(Ipv6Address, RefusesOtherTexts) {
  for (const char* text : {"", ":", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1::2", "1:2:3:4:5:6:7::8:9", "12345::",
                           "g::", "1.2.3.4", ":1", "1:", "1:2:3:4:5:6:7:", "::1%eth0", "::1.2.3", "1.2.3.4::"})
    EXPECT_THROW(static_cast<void>(Ipv6Address::parse(text)), std::invalid_argument) << text;
}

TEST(IpAddress, IsAllOfTheText) {
  using namespace std::string_view_literals;
  EXPECT_THROW(static_cast<void>(Ipv4Address::parse("1.2.3.4\0"sv)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(Ipv6Address::parse("::1\0x"sv)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(IpAddress::parse(std::string(100, ':'))), std::invalid_argument);
}

TEST(IpAddress, IsOfEitherKind) {
  EXPECT_EQ(IpAddress::parse("10.0.0.1").to_string(), "10.0.0.1");
  EXPECT_TRUE(IpAddress::parse("::1").is_v6);
  EXPECT_THROW(static_cast<void>(IpAddress::parse("x")), std::invalid_argument);
}

}  // namespace ip_address_test
