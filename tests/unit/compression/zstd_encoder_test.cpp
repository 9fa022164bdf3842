// SPDX-License-Identifier: MIT
// Part of the test program only where the library has zstd.
#include "compression/encoder.hpp"

#include <gtest/gtest.h>
#include <zstd.h>

#include <string>

#include "tests/unit/compression/samples.hpp"

namespace serval::detail {
namespace {

enum class Amount { whole, so_far };

std::string decode(std::string_view packed, Amount amount) {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 23);  // RFC 9659: all that a client must take
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  std::string text, chunk(65536, 0);
  std::size_t left = 1, made = 0;
  do {
    ZSTD_outBuffer out{chunk.data(), chunk.size(), 0};
    left = ZSTD_decompressStream(context, &out, &in);
    EXPECT_FALSE(ZSTD_isError(left)) << ZSTD_getErrorName(left);
    made = out.pos;
    text.append(chunk, 0, made);
  } while (left != 0 && !ZSTD_isError(left) && (in.pos < in.size || made == chunk.size()));
  EXPECT_EQ(in.pos, in.size);
  EXPECT_EQ(left == 0, amount == Amount::whole);
  ZSTD_freeDCtx(context);
  return text;
}

std::string unpack(std::string_view packed) { return decode(packed, Amount::whole); }
std::string unpack_so_far(std::string_view packed) { return decode(packed, Amount::so_far); }

using Until = Encoder::Until;

std::string pack(const std::string& body, int level) {
  std::string packed;
  make_encoder({ContentCoding::zstd, level, body.size()})->encode(body, Until::end, packed);
  return packed;
}

TEST(ZstdEncoder, GivesBackWhatWasPacked) {
  for (const std::size_t size : {0U, 1U, 255U, 256U, 257U, 511U, 512U, 700U, 16384U, 65536U, 300000U}) {
    const std::string body = testing::noise(size);
    EXPECT_EQ(unpack(pack(body, 1)), body) << size;
  }
  for (const int count : {1, 10, 100, 1000, 10000}) {
    const std::string body = testing::records(count);
    EXPECT_EQ(unpack(pack(body, 3)), body) << count;
    EXPECT_EQ(unpack(pack(body, 9)), body) << count;
  }
}

TEST(ZstdEncoder, MakesTextsSmall) {
  const std::string body = testing::records(1000);
  EXPECT_LT(pack(body, 3).size() * 5, body.size());
}

TEST(ZstdEncoder, PacksSmallerAtAHigherLevel) {
  const std::string body = testing::records(1000);
  EXPECT_LT(pack(body, 19).size(), pack(body, 1).size());
}

TEST(ZstdEncoder, GivesAllSoFarWhenFlushed) {
  const auto encoder = make_encoder({ContentCoding::zstd, 3, {}});
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

TEST(ZstdEncoder, TakesLongPartsThatDoNotPack) {
  const auto encoder = make_encoder({ContentCoding::zstd, 3, {}});
  const std::string part = testing::noise(1000000);
  std::string packed;
  encoder->encode(part, Until::more, packed);
  encoder->encode(part, Until::flush, packed);
  EXPECT_EQ(unpack_so_far(packed), part + part);
  encoder->encode(part, Until::end, packed);
  EXPECT_EQ(unpack(packed), part + part + part);
}

TEST(ZstdEncoder, AppendsToWhatIsThere) {
  std::string out = "before";
  make_encoder({ContentCoding::zstd, 3, 2})->encode("hi", Until::end, out);
  EXPECT_EQ(out.substr(0, 6), "before");
  EXPECT_EQ(unpack(out.substr(6)), "hi");
}

TEST(ZstdEncoder, NeedsNoLargerWindowThanClientsMustHave) {
  // 19 would take the window as large as the body, 16 MiB.
  const std::string body(std::size_t{16} << 20U, 'x');
  EXPECT_EQ(unpack(pack(body, 19)), body);
}

}  // namespace
}  // namespace serval::detail
