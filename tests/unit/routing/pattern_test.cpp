// SPDX-License-Identifier: MIT
#include <serval/routing/pattern.hpp>

#include <serval/base/error.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/support/setup_error.hpp"

namespace serval::pattern_test {

using Names = std::vector<std::string>;
using Converters = std::vector<routing::Converter>;

/// Returns the text of the error; "no error" if the pattern is accepted.
std::string refusal(std::string_view text) {
  return error_of([&] { static_cast<void>(routing::Pattern::parse(text)); });
}

std::string join_refusal(std::string_view prefix, std::string_view path) {
  return error_of([&] { static_cast<void>(routing::join_paths(prefix, path)); });
}

#define EXPECT_SAYS(message, part) EXPECT_NE((message).find(part), std::string::npos) << "message: " << (message)

TEST(Pattern, ReadsTheRootAsOneEmptySegment) {
  const routing::Pattern pattern = routing::Pattern::parse("/");
  ASSERT_EQ(pattern.segments().size(), 1U);
  EXPECT_EQ(pattern.segments()[0].prefix, "");
  EXPECT_TRUE(pattern.is_static());
}

TEST(Pattern, DividesLiteralTextAtSlashes) {
  const routing::Pattern pattern = routing::Pattern::parse("/api/v1/items");
  ASSERT_EQ(pattern.segments().size(), 3U);
  EXPECT_EQ(pattern.segments()[0].prefix, "api");
  EXPECT_EQ(pattern.segments()[1].prefix, "v1");
  EXPECT_EQ(pattern.segments()[2].prefix, "items");
  EXPECT_TRUE(pattern.segments()[2].is_literal());
}

TEST(Pattern, KeepsAFinalSlashAsAnEmptySegment) {
  const routing::Pattern pattern = routing::Pattern::parse("/items/");
  ASSERT_EQ(pattern.segments().size(), 2U);
  EXPECT_EQ(pattern.segments()[1].prefix, "");
}

TEST(Pattern, KeepsEmptySegmentsInside) { EXPECT_EQ(routing::Pattern::parse("/a//b").segments().size(), 3U); }

TEST(Pattern, ReadsAPlainParameter) {
  const routing::Pattern pattern = routing::Pattern::parse("/items/{item_id}");
  EXPECT_EQ(pattern.names(), Names{"item_id"});
  EXPECT_EQ(pattern.converters(), Converters{routing::Converter::text});
  EXPECT_FALSE(pattern.is_static());
}

TEST(Pattern, ReadsEveryConverter) {
  const routing::Pattern pattern = routing::Pattern::parse("/{a:str}/{b:int}/{c:float}/{d:uuid}/{e:path}");
  EXPECT_EQ(pattern.names(), (Names{"a", "b", "c", "d", "e"}));
  EXPECT_EQ(pattern.converters(),
            (Converters{routing::Converter::text, routing::Converter::integer, routing::Converter::number,
                        routing::Converter::uuid, routing::Converter::path}));
}

TEST(Pattern, NamesConvertersAsTheyAreWritten) {
  EXPECT_EQ(to_string(routing::Converter::text), "str");
  EXPECT_EQ(to_string(routing::Converter::path), "path");
  EXPECT_EQ(to_string(routing::Converter::integer), "int");
  EXPECT_EQ(to_string(routing::Converter::number), "float");
  EXPECT_EQ(to_string(routing::Converter::uuid), "uuid");
}

TEST(Pattern, ReadsLiteralTextAroundAParameter) {
  const routing::Pattern pattern = routing::Pattern::parse("/v{n:int}.json");
  ASSERT_EQ(pattern.segments().size(), 1U);
  EXPECT_EQ(pattern.segments()[0].prefix, "v");
  EXPECT_EQ(pattern.segments()[0].name, "n");
  EXPECT_EQ(pattern.segments()[0].suffix, ".json");
}

TEST(Pattern, ReadsLiteralTextAfterAPathParameterAsOneSuffix) {
  const routing::Pattern pattern = routing::Pattern::parse("/files/{p:path}.d/raw/");
  ASSERT_EQ(pattern.segments().size(), 2U);
  EXPECT_EQ(pattern.segments()[1].suffix, ".d/raw/");
  EXPECT_TRUE(pattern.segments()[1].is_tail());
}

TEST(Pattern, TakesUnderscoresAndDigitsInNames) { EXPECT_EQ(routing::Pattern::parse("/{_a1}").names(), Names{"_a1"}); }

TEST(Pattern, TakesNonAsciiText) { EXPECT_EQ(routing::Pattern::parse("/café").segments()[0].prefix, "café"); }

TEST(Pattern, TakesAPercentSignThatIsNoEscape) { EXPECT_EQ(refusal("/100%/%4x/%"), "no error"); }

TEST(Pattern, KeepsTheTextAsWritten) { EXPECT_EQ(routing::Pattern::parse("/a/{p:path}/x").text(), "/a/{p:path}/x"); }

TEST(Pattern, DropsConvertersInTheOpenApiPath) {
  EXPECT_EQ(routing::Pattern::parse("/a/v{n:int}.x/{p:path}/raw").openapi_path(), "/a/v{n}.x/{p}/raw");
}

TEST(Pattern, KeepsAStaticPathInTheOpenApiPath) {
  EXPECT_EQ(routing::Pattern::parse("/").openapi_path(), "/");
  EXPECT_EQ(routing::Pattern::parse("/a/b/").openapi_path(), "/a/b/");
}

TEST(Pattern, TakesThirtyTwoParameters) {
  std::string text;
  for (int i = 0; i < 32; ++i) text += "/{p" + std::to_string(i) + "}";
  EXPECT_EQ(routing::Pattern::parse(text).names().size(), 32U);
}

TEST(Pattern, TakesALiteralSegmentOf255Bytes) { EXPECT_EQ(refusal("/" + std::string(255, 'a')), "no error"); }

TEST(PatternRefusal, NamesThePlaceOfTheCall) { EXPECT_SAYS(refusal("nope"), "pattern_test.cpp:"); }

TEST(PatternRefusal, CarriesTheGivenPlace) {
  const auto where = SourceLocation::current();
  try {
    static_cast<void>(routing::Pattern::parse("nope", where));
    FAIL() << "the pattern was taken";
  } catch (const SetupError& error) {
    EXPECT_EQ(error.where().line(), where.line());
    EXPECT_SAYS(std::string(error.what()), to_string(where));
  }
}

TEST(PatternRefusal, QuotesThePattern) { EXPECT_SAYS(refusal("/a/{1x}"), "\"/a/{1x}\""); }

TEST(PatternRefusal, EmptyText) { EXPECT_SAYS(refusal(""), "write \"/\""); }

TEST(PatternRefusal, NoLeadingSlash) { EXPECT_SAYS(refusal("items/{id}"), "write \"/items/{id}\""); }

TEST(PatternRefusal, BraceNeverClosed) { EXPECT_SAYS(refusal("/items/{id"), "'{' without a '}'"); }

TEST(PatternRefusal, BraceClosedInAnotherSegment) { EXPECT_SAYS(refusal("/items/{id/x}"), "'{' without a '}'"); }

TEST(PatternRefusal, BraceNeverOpened) { EXPECT_SAYS(refusal("/items/id}"), "'}' without a '{'"); }

TEST(PatternRefusal, BraceClosedBeforeItOpens) { EXPECT_SAYS(refusal("/}id{"), "'}' without a '{'"); }

TEST(PatternRefusal, BraceClosedTwice) { EXPECT_SAYS(refusal("/{id}}"), "'}' without a '{'"); }

TEST(PatternRefusal, BraceClosedAgainAfterAPathParameter) { EXPECT_SAYS(refusal("/{p:path}/a}"), "'}' without a '{'"); }

TEST(PatternRefusal, BraceOpenedTwice) { EXPECT_SAYS(refusal("/{{id}}"), "'{' inside of a parameter"); }

TEST(PatternRefusal, EmptyName) { EXPECT_SAYS(refusal("/items/{}"), "without a name: write {name}"); }

TEST(PatternRefusal, EmptyNameWithAConverter) { EXPECT_SAYS(refusal("/items/{:int}"), "without a name"); }

TEST(PatternRefusal, NameBeginsWithADigit) { EXPECT_SAYS(refusal("/{1st}"), "named \"1st\": use letters"); }

TEST(PatternRefusal, NameWithADash) { EXPECT_SAYS(refusal("/{item-id}"), "named \"item-id\""); }

TEST(PatternRefusal, NameWithASpace) { EXPECT_SAYS(refusal("/{ id }"), "named \" id \""); }

TEST(PatternRefusal, NameBeyondAscii) { EXPECT_SAYS(refusal("/{größe}"), "named \"größe\""); }

TEST(PatternRefusal, DuplicatedName) { EXPECT_SAYS(refusal("/{id}/x/{id:int}"), "{id} twice: rename"); }

TEST(PatternRefusal, UnknownConverter) {
  const std::string message = refusal("/{id:integer}");
  EXPECT_SAYS(message, "unknown converter \"integer\" in {id:integer}");
  EXPECT_SAYS(message, "use str, path, int, float or uuid");
}

TEST(PatternRefusal, EmptyConverter) { EXPECT_SAYS(refusal("/{id:}"), "unknown converter \"\""); }

TEST(PatternRefusal, ConverterWithASpace) { EXPECT_SAYS(refusal("/{id: int}"), "unknown converter \" int\""); }

TEST(PatternRefusal, TwoParametersInOneSegment) {
  EXPECT_SAYS(refusal("/{a}-{b}"), "two parameters in one segment: put a '/' between them");
}

TEST(PatternRefusal, ParameterInTheSegmentOfAPathParameter) {
  EXPECT_SAYS(refusal("/{p:path}{b}"), "two parameters in one segment");
}

TEST(PatternRefusal, ParameterAfterAPathParameter) {
  EXPECT_SAYS(refusal("/{p:path}/x/{id}"), "the path parameter must be the last one");
}

TEST(PatternRefusal, ControlCharacter) {
  const std::string message = refusal("/a\nb");
  EXPECT_SAYS(message, "control character");
  EXPECT_SAYS(message, "\"/a\\x0Ab\"");
}

TEST(PatternRefusal, NulByte) { EXPECT_SAYS(refusal(std::string_view("/a\0b", 4)), "control character"); }

TEST(PatternRefusal, DeleteByte) { EXPECT_SAYS(refusal("/a\x7F"), "control character"); }

TEST(PatternRefusal, Query) { EXPECT_SAYS(refusal("/items?limit={n}"), "declare query parameters at the handler"); }

TEST(PatternRefusal, Fragment) { EXPECT_SAYS(refusal("/items#top"), "'#'"); }

TEST(PatternRefusal, Escape) {
  const std::string message = refusal("/caf%C3%A9");
  EXPECT_SAYS(message, "the escape %C3");
  EXPECT_SAYS(message, "write the character itself");
}

TEST(PatternRefusal, IllFormedUtf8) { EXPECT_SAYS(refusal("/\xFF"), "not valid UTF-8"); }

TEST(PatternRefusal, ThirtyThreeParameters) {
  std::string text;
  for (int i = 0; i < 33; ++i) text += "/{p" + std::to_string(i) + "}";
  EXPECT_SAYS(refusal(text), "more than 32 parameters");
}

TEST(PatternRefusal, ALiteralSegmentOf256Bytes) {
  EXPECT_SAYS(refusal("/" + std::string(256, 'a')), "more than 255 bytes");
}

TEST(JoinPaths, PutsThePrefixBeforeThePath) { EXPECT_EQ(routing::join_paths("/items", "/{id}"), "/items/{id}"); }

TEST(JoinPaths, TakesAnEmptyPrefix) { EXPECT_EQ(routing::join_paths("", "/items"), "/items"); }

TEST(JoinPaths, TakesAnEmptyPathUnderAPrefix) { EXPECT_EQ(routing::join_paths("/items", ""), "/items"); }

TEST(JoinPaths, KeepsTheSlashOfThePath) { EXPECT_EQ(routing::join_paths("/items", "/"), "/items/"); }

TEST(JoinPaths, TakesParametersInThePrefix) { EXPECT_EQ(routing::join_paths("/users/{id}", "/a"), "/users/{id}/a"); }

TEST(JoinPaths, RefusesAPrefixWithoutALeadingSlash) { EXPECT_SAYS(join_refusal("items", "/"), "write \"/items\""); }

TEST(JoinPaths, RefusesAPrefixThatEndsWithASlash) { EXPECT_SAYS(join_refusal("/items/", "/a"), "write \"/items\""); }

TEST(JoinPaths, RefusesTheRootAsAPrefix) { EXPECT_SAYS(join_refusal("/", "/a"), "write \"\""); }

TEST(JoinPaths, RefusesAPathWithoutALeadingSlash) { EXPECT_SAYS(join_refusal("/a", "b"), "write \"/b\""); }

TEST(JoinPaths, RefusesAnEmptyPrefixWithAnEmptyPath) { EXPECT_SAYS(join_refusal("", ""), "both empty"); }

TEST(JoinPaths, NamesThePlace) { EXPECT_SAYS(join_refusal("items", "/"), "pattern_test.cpp:"); }

}  // namespace serval::pattern_test
