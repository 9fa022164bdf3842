// SPDX-License-Identifier: MIT
#include <serval/handler/exchange.hpp>

#include "app/route.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::exchange_test {

const detail::Route some_route{};

struct SaysGoodbye {
  SaysGoodbye(std::string& into, char letter) : log(into), name(letter) {}
  SaysGoodbye(const SaysGoodbye&) = delete;
  SaysGoodbye& operator=(const SaysGoodbye&) = delete;
  ~SaysGoodbye() { log += name; }
  std::string& log;
  char name;
};

template <class T>
constexpr http::Exchange::KeptOps destroys{[](void* value) noexcept { delete static_cast<T*>(value); }};

TEST(Exchange, ResetDestroysWhatWasKeptInReverseOrder) {
  std::string log;
  http::Exchange exchange;
  exchange.keep(new SaysGoodbye(log, '1'), destroys<SaysGoodbye>, http::Exchange::Until::answer_is_sent);
  exchange.keep(new SaysGoodbye(log, '2'), destroys<SaysGoodbye>, http::Exchange::Until::answer_is_sent);
  EXPECT_TRUE(exchange.keeps_anything());
  exchange.reset();
  EXPECT_EQ(log, "21");
  EXPECT_FALSE(exchange.keeps_anything());
}

TEST(Exchange, ResetEmptiesRequestAndResponse) {
  http::Exchange exchange;
  exchange.request.set_body("x");
  exchange.response.set_status(500);
  exchange.route = &some_route;
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
  http::Exchange exchange;
  exchange.request.set_body("still here");
  exchange.keep(new ReadsRequest(exchange.request, seen), destroys<ReadsRequest>,
                http::Exchange::Until::answer_is_sent);
  exchange.reset();
  EXPECT_EQ(seen, "still here");
}

}  // namespace serval::exchange_test
