// SPDX-License-Identifier: MIT
#include <serval/types/bytes.hpp>

#include <string>

#include <gtest/gtest.h>

#include <serval/schema/json_schema.hpp>

#include "tests/unit/schema/decode_fixture.hpp"

namespace bytes_test {

using namespace serval;
using serval::testing::faults_of;
using serval::testing::round_trip;
using serval::testing::words_of;

std::string decoded(std::string_view base64) { return decode_json<Base64Bytes>('"' + std::string(base64) + '"'); }
std::string fault(std::string_view base64) { return words_of<Base64Bytes>('"' + std::string(base64) + '"'); }
std::string encoded(std::string bytes) { return encode_json(Base64Bytes(std::move(bytes))); }

TEST(Bytes, AreUtf8) {
  EXPECT_EQ(decode_json<Bytes>(R"("\u00e4")"), "\xC3\xA4");
  EXPECT_EQ(round_trip<Bytes>(R"("a\"b")"), R"("a\"b")");
  EXPECT_EQ(encode_json(Bytes("\xFF")), "\"\xEF\xBF\xBD\"");
  EXPECT_EQ(words_of<Bytes>("1"), "bytes_type: Input should be a valid bytes");
}

TEST(Bytes, HaveLengths) {
  using Short = Field<Bytes, min_length(2), max_length(3)>;
  EXPECT_EQ(faults_of<Short>(R"("a")"),
            R"([{"type":"bytes_too_short","loc":[],"msg":"Data should have at least 2 bytes","input":"a",)"
            R"("ctx":{"min_length":2}}])");
  EXPECT_EQ(words_of<Short>(R"("ää")"), "bytes_too_long: Data should have at most 3 bytes");
  EXPECT_EQ(words_of<Short>(R"("ä")"), "ok");
}

TEST(Base64Bytes, GoBothWays) {
  EXPECT_EQ(decoded("aGVsbG8="), "hello");
  EXPECT_EQ(decoded("aGVsbG8"), "hello");
  EXPECT_EQ(decoded("TWE="), "Ma");
  EXPECT_EQ(decoded("TQ=="), "M");
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("-_8="), "\xFB\xFF");
  EXPECT_EQ(decoded("+/8="), "\xFB\xFF");
  EXPECT_EQ(encoded("hello"), R"("aGVsbG8=")");
  EXPECT_EQ(encoded("M"), R"("TQ==")");
  EXPECT_EQ(encoded("Man"), R"("TWFu")");
  EXPECT_EQ(encoded("\xFB\xFF"), R"("-_8=")");
}

TEST(Base64Bytes, SayWhatIsWrong) {
  EXPECT_EQ(
      faults_of<Base64Bytes>(R"("a!b=")"),
      R"([{"type":"bytes_invalid_encoding","loc":[],"msg":"Data should be valid base64: Invalid symbol 33, )"
      R"(offset 1.","input":"a!b=","ctx":{"encoding":"base64","encoding_error":"Invalid symbol 33, offset 1."}}])");
  EXPECT_EQ(fault("aGVsb"), "bytes_invalid_encoding: Data should be valid base64: Invalid input length: 5");
  EXPECT_EQ(fault("TQ="), "bytes_invalid_encoding: Data should be valid base64: Invalid padding");
  EXPECT_EQ(fault("TR=="), "bytes_invalid_encoding: Data should be valid base64: Invalid last symbol 82, offset 1.");
}

TEST(Base64Bytes, CountBytes) {
  EXPECT_EQ((words_of<Field<Base64Bytes, max_length(3)>>(R"("TWFu")")), "ok");
  EXPECT_EQ((words_of<Field<Base64Bytes, max_length(2)>>(R"("TWFu")")),
            "bytes_too_long: Data should have at most 2 bytes");
}

TEST(BytesSchema, NamesTheEncoding) {
  EXPECT_EQ(schema_of<Bytes>().dump(), R"({"type":"string","contentMediaType":"application/octet-stream"})");
  EXPECT_EQ(schema_of<Base64Bytes>()["contentEncoding"], "base64");
}

}  // namespace bytes_test
