// SPDX-License-Identifier: MIT
// Part of the test program only if the library is built with embedded files.
#include "docs_ui/unpack.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include <serval/docs_ui/assets.hpp>

namespace serval::docs_ui::unpack_test {

// "hello\n", compressed by `gzip -9 -n`.
constexpr std::string_view packed(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\xe7\x02\x00\x20\x30\x3a\x36\x06\x00\x00\x00", 26);

TEST(UnpackGzip, GivesBackWhatWasPacked) { EXPECT_EQ(unpack_gzip(packed), "hello\n"); }

TEST(UnpackGzip, RefusesWhatIsNotWhole) {
  EXPECT_THROW(static_cast<void>(unpack_gzip(packed.substr(0, 12))), std::runtime_error);
  EXPECT_THROW(static_cast<void>(unpack_gzip("hello")), std::runtime_error);
  EXPECT_THROW(static_cast<void>(unpack_gzip("")), std::runtime_error);
  std::string damaged(packed);
  damaged[20] = '!';  // a byte of the checksum
  EXPECT_THROW(static_cast<void>(unpack_gzip(damaged)), std::runtime_error);
}

TEST(UnpackGzip, GivesTheFilesThatAreEmbedded) {
  EXPECT_EQ(content(*find_asset("swagger-ui-bundle.js")).substr(0, 3), "/*!");
  EXPECT_NE(content(*find_asset("licenses.txt")).find("Apache License"), std::string::npos);
  const std::string redoc = content(*find_asset("redoc.standalone.js"));
  EXPECT_EQ(redoc.find("https://cdn."), std::string::npos);
}

}  // namespace serval::docs_ui::unpack_test
