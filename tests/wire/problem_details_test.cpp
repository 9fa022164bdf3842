// SPDX-License-Identifier: MIT
// Problem details over a socket: for a request that the server refuses before the application sees it, and for one that
// the application answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/serval.hpp>

#include "tests/wire/support/exchange.hpp"

namespace serval::problem_details_test {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string answer_to(const std::string& request) {
  return testing::exchange_bytes(App({.error_format = http::ErrorFormat::problem_details}), request);
}

TEST(ProblemDetailsOnTheWire, SayWhatARefusedHeadLacks) {
  EXPECT_THAT(answer_to("G@T /x HTTP/1.1\r\nhost: a\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 400 Bad Request\r\n"),
                    HasSubstr("\r\ncontent-type: application/problem+json\r\n"), HasSubstr("\r\nconnection: close\r\n"),
                    HasSubstr(R"({"type":"about:blank","title":"Bad Request","status":400,"detail":)"),
                    ::testing::Not(HasSubstr("instance"))));
}

TEST(ProblemDetailsOnTheWire, NameThePathOfARequest) {
  EXPECT_THAT(
      answer_to("GET /x HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"),
      AllOf(StartsWith("HTTP/1.1 404 Not Found\r\n"), HasSubstr("\r\ncontent-type: application/problem+json\r\n"),
            EndsWith("\r\n\r\n"
                     R"({"type":"about:blank","title":"Not Found","status":404,"instance":"/x"})")));
}

}  // namespace serval::problem_details_test
