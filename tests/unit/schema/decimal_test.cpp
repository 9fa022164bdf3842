// SPDX-License-Identifier: MIT
#include <serval/schema/decimal.hpp>

#include <map>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>
#include <serval/schema/json_schema.hpp>

#include "tests/unit/schema/decode_fixture.hpp"

namespace decimal_test {

using namespace serval;
using serval::testing::faults_of;
using serval::testing::faults_of_text;
using serval::testing::round_trip;
using serval::testing::words_of;

std::string read(std::string_view text) { return Decimal(text).to_string(); }

TEST(Decimal, KeepsItsDigits) {
  EXPECT_EQ(read("1.10"), "1.10");
  EXPECT_EQ(read(" -0.00 "), "-0.00");
  EXPECT_EQ(read("+001.5"), "1.5");
  EXPECT_EQ(read(".5"), "0.5");
  EXPECT_EQ(read("5."), "5");
  EXPECT_EQ(read("1_000.000_1"), "1000.0001");
  EXPECT_EQ(read("123456789012345678901234567890.123"), "123456789012345678901234567890.123");
}

TEST(Decimal, WritesExponentsAsPythonDoes) {
  EXPECT_EQ(read("1e5"), "1E+5");
  EXPECT_EQ(read("12e3"), "1.2E+4");
  EXPECT_EQ(read("1e-6"), "0.000001");
  EXPECT_EQ(read("1e-7"), "1E-7");
  EXPECT_EQ(read("123E-2"), "1.23");
  EXPECT_EQ(read("0e3"), "0E+3");
}

TEST(Decimal, RefusesOtherTexts) {
  for (const char* text : {"", ".", "abc", "1__0", "_1", "1_", "1e", "1e+", "--1", "1,5", "0x1", "1e99999999999999"})
    EXPECT_THROW(Decimal{text}, std::invalid_argument) << text;
  EXPECT_THROW(Decimal("NaN"), std::invalid_argument);
  EXPECT_THROW(Decimal("NaN1"), std::invalid_argument);
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(Decimal("1.10"), Decimal("1.1"));
  EXPECT_EQ(Decimal("0.0"), Decimal("-0e9"));
  EXPECT_EQ(Decimal("1e3"), Decimal(1000));
  EXPECT_LT(Decimal("-2"), Decimal("-1.999"));
  EXPECT_LT(Decimal("9.99"), Decimal("10"));
  EXPECT_GT(Decimal("1e999999999999"), Decimal("9e999999999998"));
  EXPECT_LT(Decimal("-1"), Decimal("0"));
  EXPECT_LT(Decimal("1.0001"), Decimal("1.001"));
}

TEST(Decimal, IsWhatItWasMadeOf) {
  EXPECT_EQ(Decimal(-17).to_string(), "-17");
  EXPECT_EQ(Decimal(std::int64_t{-9223372036854775807} - 1).to_string(), "-9223372036854775808");
  EXPECT_EQ(Decimal().to_string(), "0");
  EXPECT_EQ(Decimal("-1.25").to_double(), -1.25);
}

TEST(DecimalField, TakesNumbersAndTexts) {
  EXPECT_EQ(round_trip<Decimal>("1"), R"("1")");
  EXPECT_EQ(round_trip<Decimal>("0.1"), R"("0.1")");
  EXPECT_EQ(round_trip<Decimal>("12345678901234567890123"), R"("12345678901234567890123")");
  EXPECT_EQ(round_trip<Decimal>(R"("1.10")"), R"("1.10")");
  EXPECT_EQ((round_trip<std::map<Decimal, int>>(R"({"1.50":2})")), R"({"1.50":2})");
}

TEST(DecimalField, SaysWhatIsWrong) {
  EXPECT_EQ(words_of<Decimal>(R"("x")"), "decimal_parsing: Input should be a valid decimal");
  EXPECT_EQ(words_of<Decimal>(R"("Infinity")"), "finite_number: Input should be a finite number");
  EXPECT_EQ(words_of<Decimal>(R"("NaN")"), "finite_number: Input should be a finite number");
  // A NaN with digits is one to Python's Decimal, too.
  for (const char* text : {R"("NaN1")", R"("-sNaN012")", R"("nan1_2")"})
    EXPECT_EQ(words_of<Decimal>(text), "finite_number: Input should be a finite number") << text;
  for (const char* text : {R"("NaNx")", R"("NaN1.5")", R"("Infinity1")", R"("inf1")"})
    EXPECT_EQ(words_of<Decimal>(text), "decimal_parsing: Input should be a valid decimal") << text;
  for (const char* text : {"true", "null", "[]", "{}"})
    EXPECT_EQ(words_of<Decimal>(text),
              "decimal_type: Decimal input should be an integer, float, string or Decimal object");
}

TEST(DecimalField, HasBounds) {
  using Price = Field<Decimal, gt(0), le(10.5)>;
  EXPECT_EQ(
      faults_of<Price>(R"("0.0")"),
      R"([{"type":"greater_than","loc":[],"msg":"Input should be greater than 0","input":"0.0","ctx":{"gt":0}}])");
  EXPECT_EQ(faults_of<Price>("10.51"),
            R"([{"type":"less_than_equal","loc":[],"msg":"Input should be less than or equal to 10.5",)"
            R"("input":10.51,"ctx":{"le":10.5}}])");
  EXPECT_EQ(words_of<Price>(R"("10.50")"), "ok");
}

TEST(DecimalField, CountsDigits) {
  using Amount = Field<Decimal, max_digits(5), decimal_places(2)>;
  EXPECT_EQ(words_of<Amount>(R"("123.45")"), "ok");
  EXPECT_EQ(words_of<Amount>(R"("123.4500")"), "ok");
  EXPECT_EQ(words_of<Amount>(R"("1.234")"),
            "decimal_max_places: Decimal input should have no more than 2 decimal places");
  EXPECT_EQ(words_of<Amount>(R"("1234.5")"),
            "decimal_whole_digits: Decimal input should have no more than 3 digits before the decimal point");
  EXPECT_EQ(
      faults_of<Amount>(R"("123456")"),
      R"([{"type":"decimal_max_digits","loc":[],"msg":"Decimal input should have no more than 5 digits in total",)"
      R"("input":"123456","ctx":{"max_digits":5}}])");
  EXPECT_EQ((words_of<Field<Decimal, max_digits(1)>>("1e1")),
            "decimal_max_digits: Decimal input should have no more than 1 digit in total");
}

TEST(DecimalField, IsReadFromAText) {
  Decimal out;
  EXPECT_EQ(faults_of_text(" 1.50 ", out), "ok");
  EXPECT_EQ(out.to_string(), "1.50");
}

TEST(DecimalField, HasTwoSchemas) {
  using Price = Field<Decimal, gt(0)>;
  EXPECT_EQ(schema_of<Price>().dump(), R"({"anyOf":[{"type":"number","exclusiveMinimum":0},{"type":"string"}]})");
  EXPECT_EQ(schema_of<Price>(schema::SchemaMode::output).dump(), R"({"type":"string"})");
}

}  // namespace decimal_test
