// SPDX-License-Identifier: MIT
// Part of the test program only where the library has brotli.
#include "compression/encoder.hpp"

#include <gtest/gtest.h>
#include <brotli/decode.h>

#include <string>

#include "tests/unit/compression/samples.hpp"

namespace serval::detail {
namespace {

enum class Amount { whole, so_far };

std::string decode(std::string_view packed, Amount amount) {
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

std::string unpack(std::string_view packed) { return decode(packed, Amount::whole); }
std::string unpack_so_far(std::string_view packed) { return decode(packed, Amount::so_far); }

using Until = Encoder::Until;

std::string pack(const std::string& body, int level) {
  std::string packed;
  make_encoder({ContentCoding::br, level, body.size()})->encode(body, Until::end, packed);
  return packed;
}

TEST(BrotliEncoder, GivesBackWhatWasPacked) {
  for (const std::size_t size : {0U, 1U, 255U, 256U, 257U, 511U, 512U, 700U, 16384U, 65536U, 300000U}) {
    const std::string body = testing::noise(size);
    EXPECT_EQ(unpack(pack(body, 1)), body) << size;
  }
  for (const int count : {1, 10, 100, 1000, 10000}) {
    const std::string body = testing::records(count);
    EXPECT_EQ(unpack(pack(body, 4)), body) << count;
    EXPECT_EQ(unpack(pack(body, 9)), body) << count;
  }
}

TEST(BrotliEncoder, MakesTextsSmall) {
  const std::string body = testing::records(1000);
  EXPECT_LT(pack(body, 4).size() * 5, body.size());
}

TEST(BrotliEncoder, PacksSmallerAtAHigherLevel) {
  const std::string body = testing::records(1000);
  EXPECT_LT(pack(body, 9).size(), pack(body, 1).size());
}

TEST(BrotliEncoder, GivesAllSoFarWhenFlushed) {
  const auto encoder = make_encoder({ContentCoding::br, 4, {}});
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

TEST(BrotliEncoder, TakesLongPartsThatDoNotPack) {
  const auto encoder = make_encoder({ContentCoding::br, 4, {}});
  const std::string part = testing::noise(1000000);
  std::string packed;
  encoder->encode(part, Until::more, packed);
  encoder->encode(part, Until::flush, packed);
  EXPECT_EQ(unpack_so_far(packed), part + part);
  encoder->encode(part, Until::end, packed);
  EXPECT_EQ(unpack(packed), part + part + part);
}

TEST(BrotliEncoder, AppendsToWhatIsThere) {
  std::string out = "before";
  make_encoder({ContentCoding::br, 4, 2})->encode("hi", Until::end, out);
  EXPECT_EQ(out.substr(0, 6), "before");
  EXPECT_EQ(unpack(out.substr(6)), "hi");
}

}  // namespace
}  // namespace serval::detail
