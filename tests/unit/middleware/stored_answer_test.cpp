// SPDX-License-Identifier: MIT
#include "middleware/stored_answer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::stored_answer_test {

std::string stored(const Response& response) {
  std::string bytes;
  detail::append_answer(bytes, response);
  return bytes;
}

TEST(StoredAnswer, IsReadBackAsItWas) {
  Response response(201, std::string("a\0b\r\n", 5), "text/csv");
  response.headers().add("x-one", "1");
  response.headers().add("set-cookie", "a=1");
  response.headers().add("set-cookie", "b=2");
  const auto read = detail::read_answer(stored(response));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->status(), 201);
  EXPECT_EQ(read->body(), std::string("a\0b\r\n", 5));
  EXPECT_EQ(read->content_type(), "text/csv; charset=utf-8");
  EXPECT_EQ(read->headers().get("x-one"), "1");
  EXPECT_EQ(read->headers().get_all("set-cookie").size(), 2U);
}

TEST(StoredAnswer, LeavesOutWhatBelongsToOneMessage) {
  Response response(200);
  for (const char* name : {"Connection", "keep-alive", "TE", "upgrade", "Date", "age", "transfer-encoding"})
    response.headers().add(name, "1");
  EXPECT_TRUE(detail::read_answer(stored(response))->headers().empty());
}

TEST(StoredAnswer, IsNotReadFromOtherBytes) {
  Response response(200, "body", "text/plain");
  response.headers().add("x-one", "1");
  const std::string bytes = stored(response);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto read = detail::read_answer(bytes.substr(0, size));
    EXPECT_TRUE(!read || read->headers().empty()) << size;  // cut off after the body
  }
  for (const char* other : {"", "rubbish", "3:abc", "3:9990:0:", "99999999999999999999:", "-1:", "3:2000:"})
    EXPECT_FALSE(detail::read_answer(other)) << other;
  EXPECT_FALSE(detail::read_answer("3:2000:0:1:a3:b\nc"));
}

TEST(StoredAnswer, ConsistsOfPartsThatCannotBeConfused) {
  std::string one, other;
  detail::append_part(one, "a");
  detail::append_part(one, "1:b");
  detail::append_part(other, "a1:1");
  detail::append_part(other, "b");
  EXPECT_NE(one, other);
  std::string_view rest = one;
  EXPECT_EQ(detail::take_part(rest), "a");
  EXPECT_EQ(detail::take_part(rest), "1:b");
  EXPECT_FALSE(detail::take_part(rest));
}

}  // namespace serval::stored_answer_test
