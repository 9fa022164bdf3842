// SPDX-License-Identifier: MIT
#include "http/conditional_file.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include <serval/http/file_response.hpp>

#include "http/file_body.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::detail::conditional_file_test {

class ConditionalFile : public ::testing::Test {
 protected:
  /// Returns the response that a file "hello world" becomes for a request with these fields.
  Response answer(std::initializer_list<http::HeaderView> fields, http::Method method = http::Method::get) {
    Request request;
    request.assign({.method = method});
    for (const http::HeaderView& field : fields) request.mutable_headers().add(field.name, field.value);
    Response response = FileResponse(folder_.write("a.txt", "hello world"), {.filename = "b.txt"});
    response.headers().set("cache-control", "max-age=60");
    response.set_cookie("a", "b");
    apply_conditions(request, response);
    return response;
  }
  static std::string body_of(const Response& response) {
    return response.file() ? response.file()->read() : response.body();
  }

  testing::TemporaryFolder folder_;
};

TEST_F(ConditionalFile, StaysWholeWithoutConditions) {
  const Response response = answer({});
  EXPECT_EQ(response.status(), 200);
  EXPECT_EQ(body_of(response), "hello world");
}

TEST_F(ConditionalFile, IsCutToARange) {
  const Response response = answer({{"range", "bytes=0-4"}});
  EXPECT_EQ(response.status(), 206);
  EXPECT_EQ(response.headers().get("content-range"), "bytes 0-4/11");
  EXPECT_EQ(response.content_type(), "text/plain; charset=utf-8");
  EXPECT_EQ(body_of(response), "hello");
  EXPECT_EQ(response.file()->size(), 5U);
}

TEST_F(ConditionalFile, IsAMultipartOfSeveralRanges) {
  const Response response = answer({{"range", "bytes=6-, 0-0"}});
  EXPECT_EQ(response.status(), 206);
  EXPECT_FALSE(response.headers().contains("content-range"));
  constexpr std::string_view type = "multipart/byteranges; boundary=";
  ASSERT_TRUE(response.content_type().starts_with(type));
  const std::string boundary(response.content_type().substr(type.size()));
  EXPECT_EQ(boundary.size(), 26U);
  EXPECT_EQ(body_of(response), "--" + boundary +
                                   "\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-range: bytes 6-10/11\r\n"
                                   "\r\nworld\r\n--" +
                                   boundary +
                                   "\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-range: bytes 0-0/11\r\n"
                                   "\r\nh\r\n--" +
                                   boundary + "--\r\n");
  EXPECT_EQ(body_of(response).size(), response.file()->size());
}

TEST_F(ConditionalFile, StaysWholeWhereTheRangeIsGivenTwice) {
  for (const char* second : {"bytes=0-4", "bytes=6-", "lines=0-1"}) {
    const Response response = answer({{"range", "bytes=0-4"}, {"Range", second}});
    EXPECT_EQ(response.status(), 200) << second;
    EXPECT_EQ(body_of(response), "hello world");
  }
}

TEST_F(ConditionalFile, Is416WhereNoByteIsLeft) {
  const Response response = answer({{"range", "bytes=11-"}});
  EXPECT_EQ(response.status(), 416);
  EXPECT_EQ(response.headers().get("content-range"), "bytes */11");
  EXPECT_EQ(body_of(response), "");
  EXPECT_EQ(response.content_type(), "");
  EXPECT_FALSE(response.headers().contains("cache-control"));
}

TEST_F(ConditionalFile, Is400ForRangesThatCannotBeRead) {
  const Response response = answer({{"range", "bytes=x"}});
  EXPECT_EQ(response.status(), 400);
  EXPECT_EQ(body_of(response), "Malformed range header.");
  EXPECT_EQ(response.content_type(), "text/plain; charset=utf-8");
}

TEST_F(ConditionalFile, IsWholeForRangesOfAnotherUnit) {
  for (const char* field : {"lines=0-1", "items=0-1", "items=", "bytes2=0-1"}) {
    const Response response = answer({{"range", field}});
    EXPECT_EQ(response.status(), 200) << field;
    EXPECT_EQ(body_of(response).size(), 11U) << field;
    EXPECT_FALSE(response.headers().contains("content-range")) << field;
  }
}

TEST_F(ConditionalFile, Is304WhereTheClientHasIt) {
  const Response response = answer({{"if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT"}, {"range", "bytes=0-4"}});
  EXPECT_EQ(response.status(), 304);
  EXPECT_EQ(body_of(response), "");
  EXPECT_EQ(response.content_type(), "");
  EXPECT_TRUE(response.headers().contains("etag"));
  EXPECT_EQ(response.headers().get("cache-control"), "max-age=60");
  EXPECT_TRUE(response.headers().contains("set-cookie"));
  EXPECT_FALSE(response.headers().contains("content-disposition"));
}

TEST_F(ConditionalFile, Is412WhereTheClientHasAnother) {
  EXPECT_EQ(answer({{"if-match", "\"other\""}}).status(), 412);
  EXPECT_EQ(answer({{"if-unmodified-since", "Sun, 06 Nov 1994 08:49:36 GMT"}}).status(), 412);
}

TEST_F(ConditionalFile, IgnoresTheRangeWhereIfRangeNamesAnother) {
  EXPECT_EQ(answer({{"range", "bytes=0-4"}, {"if-range", "\"other\""}}).status(), 200);
  EXPECT_EQ(answer({{"range", "bytes=0-4"}, {"if-range", "Sun, 06 Nov 1994 08:49:37 GMT"}}).status(), 206);
}

TEST_F(ConditionalFile, HasNoRangesForHead) {
  EXPECT_EQ(answer({{"range", "bytes=0-4"}}, http::Method::head).status(), 200);
  EXPECT_EQ(answer({{"if-none-match", "*"}}, http::Method::head).status(), 304);
}

TEST_F(ConditionalFile, LeavesOtherMethodsAlone) {
  EXPECT_EQ(answer({{"range", "bytes=0-4"}, {"if-none-match", "*"}}, http::Method::post).status(), 200);
}

}  // namespace serval::detail::conditional_file_test
