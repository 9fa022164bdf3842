// SPDX-License-Identifier: MIT
// Values at the limits of their C++ types, over a socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <optional>
#include <set>
#include <string>

#include <serval/serval.hpp>

#include "tests/wire/support/exchange.hpp"

namespace serval::testing::values_test {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Booking {
  Default<std::chrono::system_clock::time_point> at;
  Default<std::chrono::seconds> length = std::chrono::seconds(60);
  Default<std::set<double>> weights;
  std::optional<std::array<int, 0>> nothing;
};

Booking booking_of(std::chrono::seconds length) {
  Booking booking;
  booking.length.value() = length;  // changed in place, not assigned
  return booking;
}

std::string reply_to(const std::string& request) {
  App app;
  app.post("/bookings", {.response_model_exclude_unset = true})([](Booking booking) { return booking; });
  app.get("/never")([] { return booking_of(std::chrono::seconds::max()); });
  app.get("/long", {.response_model_exclude_unset = true})([] { return booking_of(std::chrono::seconds(61)); });
  return exchange_bytes(app, request);
}

std::string answer_to_get(const std::string& path) {
  return reply_to("GET " + path + " HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
}

std::string answer_to_booking(const std::string& body) {
  return reply_to(post_request("/bookings", "connection: close\r\n" + std::string(json_type), body));
}

TEST(ValuesOnTheWire, OutOfTheRangeOfTheirTypeAreRefused) {
  EXPECT_THAT(answer_to_booking(R"({"at":"9999-12-31T23:59:59Z"})"),
              AllOf(StartsWith("HTTP/1.1 422 "), HasSubstr(R"("type":"datetime_parsing","loc":["body","at"])"),
                    HasSubstr("dates after 2262-04-11T23:47:16.854775Z are not supported")));
  EXPECT_THAT(answer_to_booking(R"({"length":"PT0.9S"})"),
              AllOf(StartsWith("HTTP/1.1 422 "), HasSubstr("fractions of a second are not supported")));
  EXPECT_THAT(answer_to_booking(R"({"weights":["nan",1]})"),
              AllOf(StartsWith("HTTP/1.1 422 "), HasSubstr(R"("type":"finite_number","loc":["body","weights",0])")));
}

TEST(ValuesOnTheWire, MayBeListsOfNothing) {
  EXPECT_THAT(answer_to_booking(R"({"nothing":[]})"),
              AllOf(StartsWith("HTTP/1.1 200 "), EndsWith(R"({"nothing":[]})")));
  EXPECT_THAT(answer_to_booking(R"({"nothing":[1]})"), StartsWith("HTTP/1.1 422 "));
}

TEST(ValuesOnTheWire, ThatDifferFromTheirDefaultAreShown) {
  EXPECT_THAT(answer_to_get("/long"), EndsWith(R"({"length":"PT1M1S"})"));
}

TEST(ValuesOnTheWire, ThatNoTextCanSayAreAnErrorOfTheServer) {
  EXPECT_THAT(answer_to_get("/never"), AllOf(StartsWith("HTTP/1.1 500 "), Not(HasSubstr("292,471"))));
}

}  // namespace serval::testing::values_test
