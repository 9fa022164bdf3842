// SPDX-License-Identifier: MIT
#include "compression/encoder.hpp"

#include <string>

#include "tests/unit/compression/encoder_suite.hpp"
#include "tests/unit/compression/samples.hpp"

namespace serval::detail::encoder_test {

using Until = http::BodyEncoder::Until;

TEST_P(EncoderSuite, GivesBackWhatWasPacked) {
  for (const std::size_t size : {0U, 1U, 255U, 256U, 257U, 511U, 512U, 700U, 16384U, 65536U, 300000U}) {
    const std::string body = testing::noise(size);
    EXPECT_EQ(unpack(pack(body, 1)), body) << size;
  }
  for (const int count : {1, 10, 100, 1000, 10000}) {
    const std::string body = testing::records(count);
    EXPECT_EQ(unpack(pack(body, GetParam().level)), body) << count;
    EXPECT_EQ(unpack(pack(body, GetParam().highest)), body) << count;
  }
}

TEST_P(EncoderSuite, MakesTextsSmall) {
  const std::string body = testing::records(1000);
  EXPECT_LT(pack(body, GetParam().level).size() * 5, body.size());
}

TEST_P(EncoderSuite, PacksSmallerAtAHigherLevel) {
  const std::string body = testing::records(1000);
  EXPECT_LT(pack(body, GetParam().highest).size(), pack(body, 1).size());
}

TEST_P(EncoderSuite, GivesAllSoFarWhenFlushed) {
  const auto encoder = encoder_of_parts();
  std::string packed;
  encoder->encode("one ", Until::flush, packed);
  EXPECT_EQ(unpack_so_far(packed), "one ");
  encoder->encode("two ", Until::more, packed);
  encoder->encode("three", Until::flush, packed);
  EXPECT_EQ(unpack_so_far(packed), "one two three");
  encoder->encode("", Until::flush, packed);
  encoder->encode("", Until::end, packed);
  EXPECT_EQ(unpack(packed), "one two three");
}

TEST_P(EncoderSuite, TakesLongPartsThatDoNotPack) {
  const auto encoder = encoder_of_parts();
  const std::string part = testing::noise(1000000);
  std::string packed;
  encoder->encode(part, Until::more, packed);
  encoder->encode(part, Until::flush, packed);
  EXPECT_EQ(unpack_so_far(packed), part + part);
  encoder->encode(part, Until::end, packed);
  EXPECT_EQ(unpack(packed), part + part + part);
}

TEST_P(EncoderSuite, AppendsToWhatIsThere) {
  std::string out = "before";
  make_encoder({GetParam().coding, GetParam().level, 2})->encode("hi", Until::end, out);
  EXPECT_EQ(out.substr(0, 6), "before");
  EXPECT_EQ(unpack(out.substr(6)), "hi");
}

}  // namespace serval::detail::encoder_test
