// SPDX-License-Identifier: MIT
#include "http/multipart_parser.hpp"

#include <serval/http/http_error.hpp>

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::multipart_parser_test {

// Writes each part as "[<value of field A>|<content>]". A part that has not ended has no "]".
class Recorder final : public PartSink {
 public:
  void begin_part(http::Headers headers) override { text += "[" + std::string(headers.get("A").value_or("")) + "|"; }
  void part_data(std::string_view bytes) override {
    EXPECT_FALSE(bytes.empty());
    text += bytes;
  }
  void end_part() override { text += "]"; }
  std::string text;
};

// Returns the parts, followed by the status and the detail of the error if there is one.
std::string parse(std::string_view body, std::size_t piece_size, std::string_view boundary = "abc") {
  Recorder recorder;
  const http::Limits limits;
  MultipartParser parser(boundary, limits, recorder);
  try {
    for (; !body.empty(); body.remove_prefix(std::min(piece_size, body.size())))
      parser.take(body.substr(0, piece_size));
    parser.end();
  } catch (const HttpError& error) {
    return recorder.text + " " + std::to_string(error.status()) + " " + error.detail_json();
  }
  return recorder.text;
}

std::string parse(std::string_view body) { return parse(body, body.size() + 1); }

constexpr const char* refused = R"( 400 "Invalid multipart data.")";

TEST(MultipartParser, SplitsIntoParts) {
  EXPECT_EQ(parse("--abc\r\nA: 1\r\n\r\none\r\n--abc\r\nA: 2\r\n\r\ntwo\r\n--abc--\r\n"), "[1|one][2|two]");
}

TEST(MultipartParser, TakesABodyWithoutParts) { EXPECT_EQ(parse("--abc--\r\n"), ""); }

TEST(MultipartParser, TakesALastDelimiterWithoutLineEnd) { EXPECT_EQ(parse("--abc\r\n\r\none\r\n--abc--"), "[|one]"); }

TEST(MultipartParser, PassesOverPreambleAndEpilogue) {
  EXPECT_EQ(parse("pre --abc\r\n\r\n--abc\r\n\r\none\r\n--abc--epi\r\n--abc\r\nlogue"), "[|one]");
}

TEST(MultipartParser, TakesWhiteSpaceBehindADelimiter) {
  EXPECT_EQ(parse("--abc \t\r\n\r\none\r\n--abc \r\n\r\ntwo\r\n--abc--  \r\n"), "[|one][|two]");
}

TEST(MultipartParser, RefusesAnythingElseBehindThatWhiteSpace) {
  EXPECT_EQ(parse("--abc x\r\n\r\none\r\n--abc--"), refused);
  EXPECT_EQ(parse("--abc \rx\r\n\r\none\r\n--abc--"), refused);
}

TEST(MultipartParser, KeepsLineEndsOfTheContent) {
  EXPECT_EQ(parse("--abc\r\n\r\n\r\none\r\n\r\n--abc--"), "[|\r\none\r\n]");
}

TEST(MultipartParser, TakesAPartWithoutContent) {
  EXPECT_EQ(parse("--abc\r\nA: 1\r\n\r\n\r\n--abc--"), "[1|]");
  EXPECT_EQ(parse("--abc\r\nA: 1\r\n\r\n--abc--"), "[1|]");
}

TEST(MultipartParser, KeepsContentThatIsLikeADelimiter) {
  for (const std::string content : {"--ab", "\r\n--ab", "\r\n--abC", "\r\n-abc", "\n--abc", "--abcd", "\r\n--abcd",
                                    "\r\n--abc-d", "\r\n--abc\rd", "\r\n--abc\r\r", "x--abc--", "\r\n--abc\n", "\r"}) {
    const std::string body = "--abc\r\n\r\n" + content + "\r\n--abc--";
    for (std::size_t size = 1; size <= body.size(); ++size) EXPECT_EQ(parse(body, size), "[|" + content + "]") << size;
  }
}

TEST(MultipartParser, GivesTheSameForPiecesOfAnySize) {
  const std::string body =
      "preamble\r\n--abc\r\nA: 1\r\nB: 2\r\n\r\none\r\n\r--abc\r\n--ab\r\n--abcd\r\n--abc-\r\n--abc \r\nA: 2\r\n\r\n"
      "--abc\r\nA: 3\r\n\r\n\r\n\r\n--abc--\r\nepilogue\r\n--abc";
  const std::string whole = parse(body);
  EXPECT_EQ(whole, "[1|one\r\n\r--abc\r\n--ab\r\n--abcd\r\n--abc-][2|][3|\r\n]");
  for (std::size_t size = 1; size < body.size(); ++size) EXPECT_EQ(parse(body, size), whole) << size;
}

TEST(MultipartParser, GivesTheSameWhereverTheBodyIsCutInTwo) {
  const std::string body = "--abc\r\nA: 1\r\n\r\none\r\n--ab\r\n--abc\t\r\nA: 2\r\n\r\ntwo\r\n--abc--\r\n";
  for (std::size_t cut = 0; cut <= body.size(); ++cut) {
    Recorder recorder;
    const http::Limits limits;
    MultipartParser parser("abc", limits, recorder);
    parser.take(std::string_view(body).substr(0, cut));
    parser.take(std::string_view(body).substr(cut));
    parser.end();
    EXPECT_EQ(recorder.text, "[1|one\r\n--ab][2|two]") << cut;
  }
}

TEST(MultipartParser, RefusesABodyWithoutItsLastDelimiter) {
  const std::string body = "--abc\r\nA: 1\r\n\r\none\r\n--abc--";
  for (std::size_t length = 0; length < body.size(); ++length) {
    const std::string outcome = parse(std::string_view(body).substr(0, length));
    EXPECT_NE(outcome.find(refused), std::string::npos) << length;
  }
}

TEST(MultipartParser, RefusesAnotherBoundary) { EXPECT_EQ(parse("--xyz\r\n\r\none\r\n--xyz--"), refused); }

TEST(MultipartParser, RefusesLinesEndedByLineFeedAlone) { EXPECT_EQ(parse("--abc\n\none\n--abc--\n"), refused); }

TEST(MultipartParser, RefusesAMalformedHead) { EXPECT_EQ(parse("--abc\r\nno field\r\n\r\none\r\n--abc--"), refused); }

TEST(Boundary, HasOneToSeventyCharacters) {
  EXPECT_FALSE(is_boundary(""));
  EXPECT_TRUE(is_boundary("a"));
  EXPECT_TRUE(is_boundary(std::string(70, 'a')));
  EXPECT_FALSE(is_boundary(std::string(71, 'a')));
}

TEST(Boundary, MayHaveWhatElseClientsSend) {
  for (const char* text : {"*****", "a&b", "{0a-1b}", "~a@b~", "a!#$%^`|<>[]"}) EXPECT_TRUE(is_boundary(text)) << text;
}

TEST(Boundary, HasTheCharactersOfTheRfc) {
  EXPECT_TRUE(is_boundary("AZaz09'()+_,-./:=? ."));
  for (const char* text : {"a ", "a\r", "a\n", "a\"", "a;", "a\\", "ü"}) EXPECT_FALSE(is_boundary(text)) << text;
}

}  // namespace serval::detail::multipart_parser_test
