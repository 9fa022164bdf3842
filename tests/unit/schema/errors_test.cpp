// SPDX-License-Identifier: MIT
#include <serval/schema/errors.hpp>

#include <map>
#include <string>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>

namespace errors_test {

using namespace serval;

schema::Issue make_issue() {
  schema::Issue issue;
  issue.type = "greater_than";
  issue.loc = {std::string("body"), std::int64_t{2}, std::string("pr\"ice")};
  issue.msg = "Input should be greater than 0";
  issue.input = "-1";
  issue.ctx = R"({"gt":0.0})";
  return issue;
}

TEST(Issue, IsWrittenInTheOrderOfTheContract) {
  std::string out = ">";
  make_issue().append_to(out);
  EXPECT_EQ(out, R"(>{"type":"greater_than","loc":["body",2,"pr\"ice"],"msg":"Input should be greater than 0",)"
                 R"("input":-1,"ctx":{"gt":0.0}})");
}

TEST(Issue, HasNoCtxWhereThereIsNone) {
  schema::Issue issue = make_issue();
  issue.ctx.clear();
  std::string out;
  issue.append_to(out);
  EXPECT_EQ(out.find("ctx"), std::string::npos);
}

TEST(Issue, ShowsNullWhereItHasNoInput) {
  schema::Issue issue = make_issue();
  issue.input.clear();
  std::string out;
  issue.append_to(out);
  EXPECT_NE(out.find(R"("input":null,)"), std::string::npos) << out;
}

TEST(Issues, AreTheDetailOfAnAnswer) {
  schema::Issue second;
  second.type = "missing";
  second.loc = {std::string("query"), std::string("q")};
  second.msg = "Field required";
  second.input = "null";
  EXPECT_EQ(schema::to_json_text({second, second}),
            R"({"detail":[{"type":"missing","loc":["query","q"],"msg":"Field required","input":null},)"
            R"({"type":"missing","loc":["query","q"],"msg":"Field required","input":null}]})");
  EXPECT_EQ(schema::to_json_text({}), R"({"detail":[]})");
}

TEST(Errors, KeepTheirOrder) {
  schema::Errors errors;
  EXPECT_TRUE(errors.empty());
  errors.add("whole");
  errors.add("member", "part");
  ASSERT_EQ(errors.entries().size(), 2U);
  EXPECT_EQ(errors.entries()[0].member, "");
  EXPECT_EQ(errors.entries()[0].message, "whole");
  EXPECT_EQ(errors.entries()[1].member, "member");
}

TEST(Issue, SaysPlaceAndMessageInALine) {
  schema::Issue issue = make_issue();
  issue.loc = {"body", "items", 2, "price"};
  issue.msg = "Field required";
  EXPECT_EQ(issue.to_text(), "body.items.2.price: Field required");
  issue.loc.clear();
  EXPECT_EQ(issue.to_text(), "Field required");
}

TEST(Issue, StaysInItsLineWhateverItsPlaceAndMessageAre) {
  schema::Issue issue = make_issue();
  issue.loc = {"a\n[info] \x1b[31m\x7f", "\xC2\x85\xFF\"\xC3\xA4", 2};
  issue.msg = "Value error, no\r\nsuch \"tag\" \xC0";
  EXPECT_EQ(issue.to_text(),
            "a\\n[info] \\u001b[31m\\u007f.\\u0085\xEF\xBF\xBD\"\xC3\xA4.2: "
            "Value error, no\\r\\nsuch \"tag\" \xEF\xBF\xBD");
}

TEST(Issue, ShortensALongPlace) {
  schema::Issue issue = make_issue();
  issue.msg = "Field required";
  std::string umlauts;
  for (int i = 0; i < 98; ++i) umlauts += "\xC3\xA4";
  issue.loc = {umlauts, 7};
  EXPECT_EQ(issue.to_text(), umlauts + ".7: Field required");
  issue.loc = {umlauts, 77};
  EXPECT_EQ(issue.to_text(), umlauts + ".7...: Field required");
  issue.loc = {umlauts + std::string(5000, '\n'), "more"};
  EXPECT_EQ(issue.to_text(), umlauts + "\\n\\n...: Field required");
}

TEST(DecodeError, ForgesNoLineOfALog) {
  std::string words;
  try {
    static_cast<void>(decode_json<std::map<std::string, int>>(R"({"a\n[info] FAKE":"x"})"));
  } catch (const DecodeError& error) {
    words = error.what();
  }
  EXPECT_TRUE(words.starts_with(R"(the value does not fit its type: a\n[info] FAKE: Input should be)")) << words;
}

TEST(DecodeError, ListsEveryFaultWithItsPlaceButNoInput) {
  schema::Issue first = make_issue();
  first.loc = {"id"};
  first.msg = "Input should be a valid integer";
  first.input = "\"secret\"";
  schema::Issue second = first;
  second.loc = {"tags", 1};
  second.msg = "Field required";
  const DecodeError error({first, second});
  EXPECT_EQ(error.issues().size(), 2U);
  EXPECT_STREQ(error.what(),
               "the value does not fit its type: id: Input should be a valid integer; tags.1: Field required");
}

TEST(ValidationError, CarriesItsIssues) {
  const ValidationError error({make_issue()});
  EXPECT_EQ(error.issues().size(), 1U);
  EXPECT_STREQ(error.what(), "the request did not pass validation");
}

}  // namespace errors_test
