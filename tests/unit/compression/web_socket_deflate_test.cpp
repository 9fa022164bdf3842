// SPDX-License-Identifier: MIT
#include "compression/web_socket_deflate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <random>
#include <string>

namespace serval::detail::web_socket_deflate_test {

using Result = WebSocketInflater::Result;

/// Returns the response to an offer; empty if the offer is declined.
std::string answer_to(std::string_view offers) {
  const auto agreement = agree_on_deflate(offers);
  return agreement ? agreement->text() : std::string();
}

TEST(DeflateAgreement, KeepsWhatTheClientAsksOfTheServer) {
  EXPECT_EQ(answer_to("permessage-deflate"), "permessage-deflate");
  EXPECT_EQ(answer_to("permessage-deflate; server_no_context_takeover"),
            "permessage-deflate; server_no_context_takeover");
  EXPECT_EQ(answer_to("permessage-deflate;client_no_context_takeover"),
            "permessage-deflate; client_no_context_takeover");
  EXPECT_EQ(answer_to("permessage-deflate; server_max_window_bits=9"), "permessage-deflate; server_max_window_bits=9");
  EXPECT_EQ(answer_to("permessage-deflate; server_max_window_bits=\"12\""),
            "permessage-deflate; server_max_window_bits=12");
  EXPECT_EQ(answer_to("permessage-deflate; server_max_window_bits=15"), "permessage-deflate");
}

TEST(DeflateAgreement, NeedsNoPromiseOfTheClient) {
  EXPECT_EQ(answer_to("permessage-deflate; client_max_window_bits"), "permessage-deflate");
  EXPECT_EQ(answer_to("permessage-deflate; client_max_window_bits=8"), "permessage-deflate");
}

TEST(DeflateAgreement, IgnoresCaseAndSpace) {
  EXPECT_EQ(answer_to(" x-a ,\tPerMessage-Deflate ; SERVER_NO_CONTEXT_TAKEOVER "),
            "permessage-deflate; server_no_context_takeover");
}

TEST(DeflateAgreement, DeclinesWhatIsWrong) {
  for (const char* parameter :
       {"unknown", "server_max_window_bits", "server_max_window_bits=7", "server_max_window_bits=8",
        "server_max_window_bits=16", "server_max_window_bits=010",
        "server_max_window_bits=", "client_max_window_bits=7", "client_max_window_bits=x",
        "client_max_window_bits=", "server_no_context_takeover=1", "client_no_context_takeover=true",
        "server_no_context_takeover; server_no_context_takeover",
        "client_no_context_takeover; client_no_context_takeover", "client_max_window_bits; client_max_window_bits=9",
        "server_max_window_bits=10; server_max_window_bits=10"}) {
    EXPECT_EQ(answer_to(std::string("permessage-deflate; ") + parameter), "") << parameter;
  }
  EXPECT_EQ(answer_to(""), "");
  EXPECT_EQ(answer_to("permessage-deflated, x"), "");
}

TEST(DeflateAgreement, GoesOnToTheNextOffer) {
  EXPECT_EQ(answer_to("permessage-deflate; server_max_window_bits=8, permessage-deflate"), "permessage-deflate");
}

std::string inflated(WebSocketInflater& inflater, std::string_view payload, std::size_t piece = 1'000'000) {
  std::string out;
  for (; !payload.empty(); payload.remove_prefix(std::min(piece, payload.size()))) {
    EXPECT_EQ(inflater.inflate(payload.substr(0, piece), out, 0), Result::ok);
  }
  EXPECT_EQ(inflater.finish(out, 0), Result::ok);
  return out;
}

// The examples of RFC 7692 section 7.2.3.
TEST(WebSocketInflater, ReadsTheExamplesOfTheStandard) {
  WebSocketInflater inflater({});
  EXPECT_EQ(inflated(inflater, std::string("\xf2\x48\xcd\xc9\xc9\x07\x00", 7)), "Hello");
  EXPECT_EQ(inflated(inflater, std::string("\xf2\x00\x11\x00\x00", 5)), "Hello") << "in the window of the first";
}

TEST(WebSocketInflater, ReadsBlocksWithoutCompressionAndFinalOnes) {
  WebSocketInflater inflater({});
  EXPECT_EQ(inflated(inflater, std::string("\x00\x05\x00\xfa\xffHello\x00", 11)), "Hello");
  const std::string final_block("\xf3\x48\xcd\xc9\xc9\x07\x00\x00", 8);
  EXPECT_EQ(inflated(inflater, final_block), "Hello");
  EXPECT_EQ(inflated(inflater, final_block, 1), "Hello");
  EXPECT_EQ(inflated(inflater, std::string("\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00", 13)), "Hello");
}

TEST(WebSocketInflater, ReadsStreamAfterStreamInAnyCut) {
  const std::string stream("\xf3\x48\xcd\xc9\xc9\x07\x00", 7);
  const std::string streams = stream + stream + stream + std::string(1, '\0');
  for (std::size_t piece = 1; piece <= streams.size(); ++piece) {
    WebSocketInflater inflater({});
    EXPECT_EQ(inflated(inflater, streams, piece), "HelloHelloHello") << piece;
  }
}

TEST(WebSocketInflater, StopsOneByteBeyondItsLimit) {
  const std::string bomb = WebSocketDeflater({}).deflate(std::string(1'000'000, 'x'));
  for (const std::size_t limit : {std::size_t{1}, std::size_t{999}, std::size_t{999'999}}) {
    WebSocketInflater inflater({});
    std::string out;
    EXPECT_EQ(inflater.inflate(bomb, out, limit), Result::too_big);
    EXPECT_EQ(out.size(), limit + 1);
  }
  WebSocketInflater inflater({});
  std::string out;
  EXPECT_EQ(inflater.inflate(bomb, out, 1'000'000), Result::ok);
  EXPECT_EQ(inflater.finish(out, 1'000'000), Result::ok);
}

TEST(WebSocketInflater, TellsDataThatIsNone) {
  WebSocketInflater inflater({});
  std::string out;
  EXPECT_EQ(inflater.inflate("\xff\xff\xff\xff", out, 0), Result::corrupt);
}

TEST(WebSocketDeflater, IsReadInAnyCutWithAnyAgreement) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const DeflateAgreement agreement{.server_no_context_takeover = random() % 2 == 0,
                                     .client_no_context_takeover = random() % 2 == 0,
                                     .server_max_window_bits = 9 + static_cast<int>(random() % 7)};
    WebSocketDeflater deflater(agreement);
    WebSocketInflater inflater({.client_no_context_takeover = agreement.server_no_context_takeover});
    for (int message = 0; message < 5; ++message) {
      std::string text;
      const std::size_t size = random() % 6000;
      while (text.size() < size) {
        const auto kind = random() % 3;
        if (kind == 0) text.append(random() % 700, static_cast<char>('a' + random() % 3));
        if (kind == 1) text += static_cast<char>(random() % 128);
        if (kind == 2 && text.size() > 3) text += text.substr(random() % text.size(), random() % 300);
      }
      EXPECT_EQ(inflated(inflater, deflater.deflate(text), 1 + random() % 3000), text);
    }
  }
}

}  // namespace serval::detail::web_socket_deflate_test
