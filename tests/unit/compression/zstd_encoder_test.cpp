// SPDX-License-Identifier: MIT
// Part of the test program only if the library is built with zstd.
#include <zstd.h>

#include <string>

#include "tests/unit/compression/encoder_suite.hpp"

namespace serval::detail::zstd_encoder_test {

std::string unpack(std::string_view packed, Amount amount) {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 23);  // RFC 9659: clients need not accept a larger window
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

INSTANTIATE_TEST_SUITE_P(Zstd, EncoderSuite,
                         ::testing::Values(CodingUnderTest{http::ContentCoding::zstd, 3, 19, unpack}));

TEST(ZstdEncoder, NeedsNoLargerWindowThanClientsMustHave) {
  // Level 19 would otherwise make the window as large as the body, 16 MiB.
  const std::string body(std::size_t{16} << 20U, 'x');
  std::string packed;
  make_encoder({http::ContentCoding::zstd, 19, body.size()})->encode(body, http::BodyEncoder::Until::end, packed);
  EXPECT_EQ(unpack(packed, Amount::whole), body);
}

}  // namespace serval::detail::zstd_encoder_test
