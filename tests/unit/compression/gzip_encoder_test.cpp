// SPDX-License-Identifier: MIT
#include "tests/unit/compression/encoder_suite.hpp"
#include "tests/unit/support/gunzip.hpp"

namespace serval::detail::gzip_encoder_test {

std::string unpack(std::string_view packed, Amount amount) {
  const testing::Unpacked unpacked = testing::gunzip(packed);
  EXPECT_EQ(unpacked.is_whole, amount == Amount::whole);
  return unpacked.text;
}

INSTANTIATE_TEST_SUITE_P(Gzip, EncoderSuite,
                         ::testing::Values(CodingUnderTest{http::ContentCoding::gzip, 6, 9, unpack}));

}  // namespace serval::detail::gzip_encoder_test
