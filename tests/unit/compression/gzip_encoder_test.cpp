// SPDX-License-Identifier: MIT
#include "compression/encoder.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/compression/samples.hpp"
#include "tests/unit/support/gunzip.hpp"

namespace serval::detail {
namespace {

std::string unpack(std::string_view packed) {
  const testing::Unpacked unpacked = testing::gunzip(packed);
  EXPECT_TRUE(unpacked.is_whole);
  return unpacked.text;
}

std::string unpack_so_far(std::string_view packed) {
  const testing::Unpacked unpacked = testing::gunzip(packed);
  EXPECT_FALSE(unpacked.is_whole);
  return unpacked.text;
}

using Until = Encoder::Until;

std::string pack(const std::string& body, int level) {
  std::string packed;
  make_encoder({ContentCoding::gzip, level, body.size()})->encode(body, Until::end, packed);
  return packed;
}

TEST(GzipEncoder, GivesBackWhatWasPacked) {
  for (const std::size_t size : {0U, 1U, 255U, 256U, 257U, 511U, 512U, 700U, 16384U, 65536U, 300000U}) {
    const std::string body = testing::noise(size);
    EXPECT_EQ(unpack(pack(body, 1)), body) << size;
  }
  for (const int count : {1, 10, 100, 1000, 10000}) {
    const std::string body = testing::records(count);
    EXPECT_EQ(unpack(pack(body, 6)), body) << count;
    EXPECT_EQ(unpack(pack(body, 9)), body) << count;
  }
}

TEST(GzipEncoder, MakesTextsSmall) {
  const std::string body = testing::records(1000);
  EXPECT_LT(pack(body, 6).size() * 5, body.size());
}

TEST(GzipEncoder, PacksSmallerAtAHigherLevel) {
  const std::string body = testing::records(1000);
  EXPECT_LT(pack(body, 9).size(), pack(body, 1).size());
}

TEST(GzipEncoder, GivesAllSoFarWhenFlushed) {
  const auto encoder = make_encoder({ContentCoding::gzip, 6, {}});
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

TEST(GzipEncoder, TakesLongPartsThatDoNotPack) {
  const auto encoder = make_encoder({ContentCoding::gzip, 6, {}});
  const std::string part = testing::noise(1000000);
  std::string packed;
  encoder->encode(part, Until::more, packed);
  encoder->encode(part, Until::flush, packed);
  EXPECT_EQ(unpack_so_far(packed), part + part);
  encoder->encode(part, Until::end, packed);
  EXPECT_EQ(unpack(packed), part + part + part);
}

TEST(GzipEncoder, AppendsToWhatIsThere) {
  std::string out = "before";
  make_encoder({ContentCoding::gzip, 6, 2})->encode("hi", Until::end, out);
  EXPECT_EQ(out.substr(0, 6), "before");
  EXPECT_EQ(unpack(out.substr(6)), "hi");
}

}  // namespace
}  // namespace serval::detail
