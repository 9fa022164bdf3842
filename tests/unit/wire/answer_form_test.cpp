// SPDX-License-Identifier: MIT
#include "wire/answer_form.hpp"

#include <gtest/gtest.h>

#include <string>

#include <serval/http/file_response.hpp>

#include "tests/unit/support/temporary_folder.hpp"

namespace serval::detail::answer_form_test {

AnswerForm whole(const Response& response) { return form_of(response, false, BodyKind::whole); }

TEST(AnswerForm, ShowsTheLengthOfAWholeBody) {
  const AnswerForm form = whole(Response(200, "hello", "text/plain"));
  EXPECT_TRUE(form.has_body);
  EXPECT_EQ(form.content_length, 5U);
}

TEST(AnswerForm, ShowsTheLengthOfAFile) {
  const testing::TemporaryFolder folder;
  folder.write("a.txt", "abc");
  const AnswerForm form = whole(FileResponse(folder.path("a.txt")));
  EXPECT_TRUE(form.has_body);
  EXPECT_EQ(form.content_length, 3U);
}

TEST(AnswerForm, ShowsNoLengthOfAStreamedBody) {
  const AnswerForm form = form_of(Response(200), false, BodyKind::streamed);
  EXPECT_TRUE(form.has_body);
  EXPECT_FALSE(form.content_length);
}

TEST(AnswerForm, ShowsAHeadTheLengthOfTheBodyThatItDoesNotGet) {
  const AnswerForm form = form_of(Response(200, "hello", "text/plain"), true, BodyKind::whole);
  EXPECT_FALSE(form.has_body);
  EXPECT_EQ(form.content_length, 5U);
}

TEST(AnswerForm, HasNeitherBodyNorLengthFor204And304) {
  for (const int status : {204, 304}) {
    const AnswerForm form = whole(Response(status, "x", "text/plain"));
    EXPECT_FALSE(form.has_body) << status;
    EXPECT_FALSE(form.content_length) << status;
  }
}

TEST(AnswerForm, HasTheLength0For205) {
  for (const BodyKind body : {BodyKind::whole, BodyKind::streamed}) {
    const AnswerForm form = form_of(Response(205, "x", "text/plain"), false, body);
    EXPECT_FALSE(form.has_body);
    EXPECT_EQ(form.content_length, 0U);
  }
}

TEST(AnswerForm, ClosesForACloseAmongTheHandlersConnectionOptions) {
  Response response;
  EXPECT_FALSE(whole(response).asks_to_close);
  response.headers().add("Connection", "upgrade");
  EXPECT_FALSE(whole(response).asks_to_close);
  response.headers().add("connection", "x, Close");
  EXPECT_TRUE(whole(response).asks_to_close);
}

TEST(AnswerForm, KnowsTheFieldsOfTheConnection) {
  for (const char* name : {"Connection", "keep-alive", "Content-Length", "transfer-encoding"})
    EXPECT_TRUE(belongs_to_connection(name)) << name;
  for (const char* name : {"content-type", "connections", "x-length", "set-cookie", ""})
    EXPECT_FALSE(belongs_to_connection(name)) << name;
}

}  // namespace serval::detail::answer_form_test
