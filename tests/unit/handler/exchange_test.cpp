// SPDX-License-Identifier: MIT
#include <serval/handler/exchange.hpp>

#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace serval {
namespace {

constexpr int first_key = 1;
constexpr int second_key = 2;

struct SaysGoodbye {
  SaysGoodbye(std::string& into, char letter) : log(into), name(letter) {}
  SaysGoodbye(const SaysGoodbye&) = delete;
  SaysGoodbye& operator=(const SaysGoodbye&) = delete;
  ~SaysGoodbye() { log += name; }
  std::string& log;
  char name;
};

TEST(Exchange, FindsWhatWasKept) {
  Exchange exchange;
  exchange.keep(&first_key, std::make_shared<int>(7));
  ASSERT_NE(exchange.find_kept(&first_key), nullptr);
  EXPECT_EQ(*static_cast<int*>(exchange.find_kept(&first_key)), 7);
  EXPECT_EQ(exchange.find_kept(&second_key), nullptr);
}

TEST(Exchange, ResetDestroysWhatWasKeptInReverseOrder) {
  std::string log;
  Exchange exchange;
  exchange.keep(&first_key, std::make_shared<SaysGoodbye>(log, '1'));
  exchange.keep(&second_key, std::make_shared<SaysGoodbye>(log, '2'));
  exchange.reset();
  EXPECT_EQ(log, "21");
  EXPECT_EQ(exchange.find_kept(&first_key), nullptr);
}

TEST(Exchange, ResetEmptiesRequestAndResponse) {
  Exchange exchange;
  exchange.request.set_body("x");
  exchange.response.set_status(500);
  exchange.route = &first_key;
  exchange.background.add([] {});
  exchange.reset();
  EXPECT_EQ(exchange.request.body(), "");
  EXPECT_EQ(exchange.response.status(), 200);
  EXPECT_EQ(exchange.route, nullptr);
  EXPECT_TRUE(exchange.background.empty());
}

struct ReadsRequest {
  ReadsRequest(const Request& from, std::string& into) : request(from), seen(into) {}
  ReadsRequest(const ReadsRequest&) = delete;
  ReadsRequest& operator=(const ReadsRequest&) = delete;
  ~ReadsRequest() { seen = request.body(); }
  const Request& request;
  std::string& seen;
};

TEST(Exchange, KeptValuesSeeTheRequestWhenTheyEnd) {
  std::string seen;
  Exchange exchange;
  exchange.request.set_body("still here");
  exchange.keep(&first_key, std::make_shared<ReadsRequest>(exchange.request, seen));
  exchange.reset();
  EXPECT_EQ(seen, "still here");
}

}  // namespace
}  // namespace serval
