// SPDX-License-Identifier: MIT
// Part of the test program only if the library is built with brotli.
#include <brotli/decode.h>

#include <string>

#include "tests/unit/compression/encoder_suite.hpp"

namespace serval::detail::brotli_encoder_test {

std::string unpack(std::string_view packed, Amount amount) {
  BrotliDecoderState* state = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
  const auto* next = reinterpret_cast<const std::uint8_t*>(packed.data());
  std::size_t left = packed.size();
  std::string text;
  BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
    std::size_t no_room = 0, size = 0;
    result = BrotliDecoderDecompressStream(state, &left, &next, &no_room, nullptr, nullptr);
    const std::uint8_t* bytes = BrotliDecoderTakeOutput(state, &size);
    text.append(reinterpret_cast<const char*>(bytes), size);
  }
  EXPECT_EQ(result, amount == Amount::whole ? BROTLI_DECODER_RESULT_SUCCESS : BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT);
  EXPECT_EQ(left, 0U);
  BrotliDecoderDestroyInstance(state);
  return text;
}

INSTANTIATE_TEST_SUITE_P(Brotli, EncoderSuite,
                         ::testing::Values(CodingUnderTest{http::ContentCoding::br, 4, 9, unpack}));

}  // namespace serval::detail::brotli_encoder_test
