// SPDX-License-Identifier: MIT
// Members whose types are texts of a certain form: the errors for invalid texts, how they are written, and their
// schemas.
#include <map>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>
#include <serval/schema/json_schema.hpp>
#include <serval/types/decimal.hpp>
#include <serval/types/email.hpp>
#include <serval/types/ip_address.hpp>
#include <serval/types/url.hpp>

#include "tests/unit/schema/decode_fixture.hpp"

namespace serval::text_types_test {

using serval::testing::faults_of;
using serval::testing::faults_of_text;
using serval::testing::round_trip;
using serval::testing::words_of;

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
  // For Python's Decimal, too, a NaN with digits is a NaN.
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

TEST(EmailField, ReportsTheReason) {
  EXPECT_EQ(faults_of<Email>(R"("ann")"),
            R"([{"type":"value_error","loc":[],"msg":"value is not a valid email address: An email address must have )"
            R"(an @-sign.","input":"ann","ctx":{"reason":"An email address must have an @-sign."}}])");
  EXPECT_EQ(words_of<Email>("1"), "string_type: Input should be a valid string");
}

TEST(EmailField, IsWrittenAsAText) {
  EXPECT_EQ(round_trip<Email>(R"("Ann <a@B.com>")"), R"("a@b.com")");
  EXPECT_EQ(schema_of<Email>().dump(), R"({"type":"string","format":"email"})");
}

TEST(UrlField, ReportsTheError) {
  EXPECT_EQ(faults_of<Url>(R"("x")"),
            R"([{"type":"url_parsing","loc":[],"msg":"Input should be a valid URL, relative URL without a base",)"
            R"("input":"x","ctx":{"error":"relative URL without a base"}}])");
  EXPECT_EQ(words_of<Url>("1"), "url_type: URL input should be a string or URL");
  EXPECT_EQ(words_of<Url>(R"("ftp://a.b")"), "ok");
}

TEST(HttpUrlField, TakesTwoSchemes) {
  EXPECT_EQ(faults_of<HttpUrl>(R"("ftp://a.b")"),
            R"([{"type":"url_scheme","loc":[],"msg":"URL scheme should be 'http' or 'https'","input":"ftp://a.b",)"
            R"("ctx":{"expected_schemes":"'http' or 'https'"}}])");
  EXPECT_EQ(words_of<HttpUrl>("\"http://a.b/" + std::string(2100, 'x') + '"'),
            "url_too_long: URL should have at most 2083 characters");
  EXPECT_THROW(HttpUrl("ftp://a.b"), std::invalid_argument);
}

TEST(UrlField, IsWrittenAsAText) {
  EXPECT_EQ(round_trip<HttpUrl>(R"("HTTP://A.b")"), R"("http://a.b/")");
  EXPECT_EQ(schema_of<HttpUrl>().dump(), R"({"type":"string","format":"uri","minLength":1,"maxLength":2083})");
  EXPECT_EQ(schema_of<Url>().dump(), R"({"type":"string","format":"uri","minLength":1})");
}

TEST(IpField, ReportsItsKind) {
  EXPECT_EQ(words_of<Ipv4Address>(R"("::1")"), "ip_v4_address: Input is not a valid IPv4 address");
  EXPECT_EQ(words_of<Ipv6Address>("1"), "ip_v6_address: Input is not a valid IPv6 address");
  EXPECT_EQ(words_of<IpAddress>(R"("x")"), "ip_any_address: value is not a valid IPv4 or IPv6 address");
}

TEST(IpField, IsWrittenAsAText) {
  EXPECT_EQ(round_trip<Ipv4Address>(R"("1.2.3.4")"), R"("1.2.3.4")");
  EXPECT_EQ(round_trip<Ipv6Address>(R"("0::1")"), R"("::1")");
  EXPECT_EQ(schema_of<Ipv4Address>()["format"], "ipv4");
  EXPECT_EQ(schema_of<Ipv6Address>()["format"], "ipv6");
  EXPECT_EQ(schema_of<IpAddress>()["format"], "ipvanyaddress");
}

}  // namespace serval::text_types_test
