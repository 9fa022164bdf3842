// SPDX-License-Identifier: MIT
// What every encoder must do. The test file of each coding defines how to unpack it, and instantiates the suite.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "compression/encoder.hpp"

namespace serval::detail {

enum class Amount { whole, so_far };

struct CodingUnderTest {
  http::ContentCoding coding;
  int level;    // the default level
  int highest;  // the highest level that is fast enough for a test
  /// Fails the test if the bytes are not valid in this coding, either as a whole stream or as the start of one.
  std::string (*unpack)(std::string_view packed, Amount amount);
};

class EncoderSuite : public ::testing::TestWithParam<CodingUnderTest> {
 protected:
  static std::string unpack(std::string_view packed) { return GetParam().unpack(packed, Amount::whole); }
  static std::string unpack_so_far(std::string_view packed) { return GetParam().unpack(packed, Amount::so_far); }
  static std::string pack(const std::string& body, int level) {
    std::string packed;
    make_encoder({GetParam().coding, level, body.size()})->encode(body, http::BodyEncoder::Until::end, packed);
    return packed;
  }
  static std::unique_ptr<http::BodyEncoder> encoder_of_parts() {
    return make_encoder({GetParam().coding, GetParam().level, {}});
  }
};

}  // namespace serval::detail
