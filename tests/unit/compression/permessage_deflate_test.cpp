// SPDX-License-Identifier: MIT
#include <serval/compression/permessage_deflate.hpp>

#include <gtest/gtest.h>

#include <string>

namespace serval::permessage_deflate_test {

using Unpacked = http::WebSocketCodec::Unpacked;

TEST(PermessageDeflate, AgreesOnTheFirstOfferThatItCanKeepTo) {
  const auto codec = permessage_deflate()->negotiate("x-other, permessage-deflate; server_max_window_bits=10");
  ASSERT_NE(codec, nullptr);
  EXPECT_EQ(codec->agreement(), "permessage-deflate; server_max_window_bits=10");
}

TEST(PermessageDeflate, AgreesOnNothingWhereNothingFits) {
  EXPECT_EQ(permessage_deflate()->negotiate(""), nullptr);
  EXPECT_EQ(permessage_deflate()->negotiate("x-other"), nullptr);
}

TEST(PermessageDeflate, LeavesShortMessagesAsTheyAre) {
  const auto codec = permessage_deflate()->negotiate("permessage-deflate");
  EXPECT_FALSE(codec->pack(std::string(63, 'a')));
  EXPECT_TRUE(codec->pack(std::string(64, 'a')));
}

TEST(PermessageDeflate, UnpacksWhatItPacked) {
  const auto server = permessage_deflate()->negotiate("permessage-deflate");
  const auto client = permessage_deflate()->negotiate("permessage-deflate");
  const std::string text(1000, 'a');
  for (int i = 0; i < 2; ++i) {
    std::string message;
    EXPECT_EQ(client->unpack(server->pack(text).value_or(""), message, 0), Unpacked::ok);
    EXPECT_EQ(client->finish(message, 0), Unpacked::ok);
    EXPECT_EQ(message, text);
  }
}

TEST(PermessageDeflate, StopsOneByteBeyondTheLimit) {
  const auto codec = permessage_deflate()->negotiate("permessage-deflate");
  std::string message;
  EXPECT_EQ(codec->unpack(codec->pack(std::string(1000, 'a')).value_or(""), message, 999), Unpacked::too_big);
  EXPECT_EQ(message.size(), 1000U);
}

}  // namespace serval::permessage_deflate_test
