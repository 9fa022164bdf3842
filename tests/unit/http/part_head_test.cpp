// SPDX-License-Identifier: MIT
#include "http/part_head.hpp"

#include <serval/http/http_error.hpp>

#include <gtest/gtest.h>

namespace serval::detail::part_head_test {

constexpr const char* invalid = R"("Invalid multipart data.")";

PartDisposition disposition(std::string_view value) { return part_disposition({{"Content-Disposition", value}}); }

template <class Call>
std::string refusal(const Call& call) {
  try {
    call();
  } catch (const HttpError& error) {
    return error.status() == 400 ? error.detail_json() : "not 400";
  }
  return "";
}

std::string head_refusal(std::string_view text, const http::Limits& limits = {}) {
  return refusal([&] { static_cast<void>(PartHead(limits).take(text)); });
}

TEST(PartHead, EndsWithTheEmptyLine) {
  const http::Limits limits;
  PartHead head(limits);
  EXPECT_EQ(head.take("A: 1\r\nB:2 \r"), 11U);
  EXPECT_FALSE(head.is_whole());
  EXPECT_EQ(head.take("\n\r\ncontent"), 3U);
  ASSERT_TRUE(head.is_whole());
  const http::Headers headers = head.take_headers();
  EXPECT_EQ(headers.size(), 2U);
  EXPECT_EQ(headers.get("b"), "2");
  EXPECT_FALSE(head.is_whole());
}

TEST(PartHead, RefusesMalformedLines) {
  for (const char* text :
       {"A: 1\n", "A 1\r\n", "A : 1\r\n", ": 1\r\n", " A: 1\r\n", "A: 1\r\n folded\r\n", "A: 1\r2\r\n"}) {
    EXPECT_EQ(head_refusal(text), invalid) << text;
  }
  EXPECT_EQ(head_refusal(std::string_view("A: \0\r\n", 6)), invalid);
}

TEST(PartHead, BoundsBytesAlsoOfAnUnfinishedLine) {
  http::Limits limits;
  limits.max_form_part_header_bytes = 10;
  EXPECT_EQ(head_refusal("A: 1234\r\n", limits), "");
  EXPECT_EQ(head_refusal("A: 12345678", limits),
            R"("The header fields of a part exceeded their maximum size of 10 bytes.")");
  limits.max_form_part_header_bytes = 0;
  EXPECT_EQ(head_refusal("A: " + std::string(100'000, 'a'), limits), "");
}

TEST(PartHead, BoundsTheNumberOfFields) {
  http::Limits limits;
  limits.max_form_part_header_fields = 2;
  EXPECT_EQ(head_refusal("A: 1\r\nB: 2\r\n\r\n", limits), "");
  EXPECT_EQ(head_refusal("A: 1\r\nB: 2\r\nC: 3\r\n", limits),
            R"("Too many header fields in a part. Maximum number of header fields is 2.")");
}

TEST(PartDisposition, HasAFilenameOrNot) {
  EXPECT_EQ(disposition(R"(form-data; name="a")").name, "a");
  EXPECT_FALSE(disposition(R"(form-data; name="a")").filename);
  EXPECT_EQ(disposition(R"(form-data; name="a"; filename="")").filename, "");
  EXPECT_EQ(disposition(R"(form-data; name=a; filename=b.txt)").filename, "b.txt");
}

TEST(PartDisposition, DecodesTheEscapesOfBrowsersAndNoOthers) {
  EXPECT_EQ(disposition(R"(form-data; name="%22%0D%0a%41%2522%")").name, "\"\r\n%41%2522%");
  EXPECT_EQ(disposition(R"(form-data; name="a"; filename="100%22.txt")").filename, "100\".txt");
}

TEST(PartDisposition, ReplacesIllFormedUtf8) {
  EXPECT_EQ(disposition("form-data; name=\"\xFFü\"; filename=\"\xC3\"").name, "\uFFFDü");
  EXPECT_EQ(disposition("form-data; name=\"\xFFü\"; filename=\"\xC3\"").filename, "\uFFFD");
}

TEST(PartDisposition, PrefersTheExtendedFilename) {
  EXPECT_EQ(disposition(R"(form-data; name="a"; filename="eu.txt"; filename*=UTF-8''%E2%82%AC.txt)").filename, "€.txt");
  EXPECT_EQ(disposition(R"(form-data; name="a"; filename*=utf-8''x)").filename, "x");
}

TEST(PartDisposition, PassesOverAMalformedExtendedFilename) {
  EXPECT_EQ(disposition(R"(form-data; name="a"; filename="b"; filename*=latin1''%A3)").filename, "b");
}

TEST(PartDisposition, IsAFileWithoutANameWhereItsOnlyNameCannotBeRead) {
  for (const char* extended : {"iso-8859-1''%e9.txt", "UTF-8''%ff", "UTF-8''%4", "plain", "\"\""}) {
    EXPECT_EQ(disposition(std::string("form-data; name=a; filename*=") + extended).filename, "") << extended;
  }
}

TEST(PartDisposition, MustHaveAName) {
  constexpr const char* missing = R"("The Content-Disposition header field \"name\" must be provided.")";
  EXPECT_EQ(refusal([] { static_cast<void>(disposition("form-data")); }), missing);
  EXPECT_EQ(refusal([] { static_cast<void>(disposition(R"(form-data; filename="a")")); }), missing);
  EXPECT_EQ(refusal([] { static_cast<void>(part_disposition({{"Content-Type", "text/plain"}})); }), missing);
}

TEST(PartDisposition, IsRefusedWhenMalformedOrAmbiguous) {
  EXPECT_EQ(refusal([] { static_cast<void>(disposition(R"(form-data; name="a)")); }), invalid);
  EXPECT_EQ(refusal([] { static_cast<void>(disposition(R"(form-data; name="a"; name="b")")); }), invalid);
  const http::Headers twice = {{"Content-Disposition", "form-data; name=a"},
                               {"content-disposition", "form-data; name=b"}};
  EXPECT_EQ(refusal([&] { static_cast<void>(part_disposition(twice)); }), invalid);
}

}  // namespace serval::detail::part_head_test
