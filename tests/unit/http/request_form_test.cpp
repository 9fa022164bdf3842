// SPDX-License-Identifier: MIT
// `Request::form`: a body that is a form, read on first use.
#include <serval/http/form.hpp>
#include <serval/http/http_error.hpp>
#include <serval/http/limits.hpp>
#include <serval/http/request.hpp>

#include <gtest/gtest.h>
#include <string_view>
#include <vector>

namespace serval::request_form_test {

void set_form(Request& request, std::string_view content_type, std::string_view body) {
  request.mutable_headers().add("content-type", content_type);
  request.set_body(body);
}

TEST(RequestForm, IsReadFromAUrlencodedBody) {
  Request request;
  set_form(request, "application/x-www-form-urlencoded", "name=Ada&topic=a&topic=b+c");
  EXPECT_EQ(request.form().get("name"), "Ada");
  EXPECT_EQ(request.form().get_all("topic"), (std::vector<std::string_view>{"a", "b c"}));
  EXPECT_EQ(&request.form(), &request.form()) << "read once";
}

TEST(RequestForm, IsReadFromAMultipartBody) {
  Request request;
  set_form(request, "multipart/form-data; boundary=b",
           "--b\r\ncontent-disposition: form-data; name=f; filename=a.txt\r\n\r\n12345\r\n--b--\r\n");
  ASSERT_TRUE(request.form().file("f"));
  EXPECT_EQ(request.form().file("f")->filename(), "a.txt");
  EXPECT_EQ(request.form().file("f")->size(), 5U);
}

TEST(RequestForm, IsEmptyWhereTheBodyIsNone) {
  Request request;
  EXPECT_TRUE(request.form().empty());
  Request other;
  set_form(other, "application/json", "{}");
  EXPECT_TRUE(other.form().empty());
}

TEST(RequestForm, ThatIsMalformedIs400EachTime) {
  Request request;
  set_form(request, "multipart/form-data; boundary=b", "no part");
  EXPECT_THROW(static_cast<void>(request.form()), HttpError);
  EXPECT_THROW(static_cast<void>(request.form()), HttpError);
}

TEST(RequestForm, ObservesTheLimits) {
  const http::Limits limits{.max_form_fields = 1};
  Request request;
  request.set_limits(limits);
  set_form(request, "application/x-www-form-urlencoded", "a=1&b=2");
  EXPECT_THROW(static_cast<void>(request.form()), HttpError);
}

TEST(RequestForm, OfTheNextRequestIsReadAnew) {
  Request request;
  set_form(request, "application/x-www-form-urlencoded", "a=1");
  static_cast<void>(request.form());
  request.reset();
  set_form(request, "application/x-www-form-urlencoded", "b=2");
  EXPECT_FALSE(request.form().contains("a"));
  EXPECT_EQ(request.form().get("b"), "2");
}

}  // namespace serval::request_form_test
