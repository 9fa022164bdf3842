// SPDX-License-Identifier: MIT
#include "middleware/idempotency_record.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::idempotency_record_test {

using detail::IdempotencyRecord;
using detail::read_idempotency_key;

TEST(IdempotencyKey, IsPlainOrQuoted) {
  EXPECT_EQ(read_idempotency_key("8e03978e-40d5-43dd-bc93-6894a57f9324"), "8e03978e-40d5-43dd-bc93-6894a57f9324");
  EXPECT_EQ(read_idempotency_key("\"8e03978e\""), "8e03978e");
  EXPECT_EQ(read_idempotency_key(R"("a\"b\\c")"), R"(a"b\c)");
  EXPECT_EQ(read_idempotency_key(std::string(255, 'a')), std::string(255, 'a'));
  EXPECT_EQ(read_idempotency_key("\"" + std::string(255, 'a') + "\""), std::string(255, 'a'));
}

TEST(IdempotencyKey, HasOneToTwoHundredFiftyFiveVisibleCharacters) {
  const std::string bad[] = {"",    "\"\"",    "\"",   "\"a",      "\"a\"b\"", "\"a\\n\"",  "\"a\\\"",
                             "a b", "\"a b\"", "a\tb", "\xC3\xA4", "a\x7F",    "\"a\";b=1", std::string(256, 'a')};
  for (const std::string& value : bad) EXPECT_FALSE(read_idempotency_key(value)) << value;
}

TEST(IdempotencyRecord, IsReadBackAsItWas) {
  IdempotencyRecord record;
  record.state = IdempotencyRecord::State::kept;
  record.scope = "scope";
  record.content = "content";
  record.run = "run";
  record.until = 12;
  record.answer = "answer";
  const std::string bytes = record.to_bytes();
  const auto read = IdempotencyRecord::read(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->to_bytes(), bytes);
  EXPECT_EQ(read->state, IdempotencyRecord::State::kept);
  EXPECT_EQ(read->until, 12);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(IdempotencyRecord::read(bytes.substr(0, size))) << size;
  EXPECT_FALSE(IdempotencyRecord::read(bytes + "1:a"));
  EXPECT_FALSE(IdempotencyRecord::read("1:9" + bytes.substr(3)));
}

}  // namespace serval::idempotency_record_test
