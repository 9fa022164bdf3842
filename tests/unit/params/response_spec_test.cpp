// SPDX-License-Identifier: MIT
// What the return type of a handler tells the document.
#include <serval/params/respond.hpp>

#include <gtest/gtest.h>

#include <serval/params/json_response.hpp>

namespace serval::detail::response_spec_test {

struct Pdf : Response {
  static constexpr std::string_view media_type = "application/pdf";
  static constexpr int default_status = 203;
};

TEST(ResponseSpec, OfAValueOrNothingIsJson) {
  EXPECT_EQ(response_spec<int>().content, ResponseContent::json);
  EXPECT_EQ(response_spec<void>().content, ResponseContent::json);
  EXPECT_EQ(response_spec<void>().type, nullptr);
}

TEST(ResponseSpec, OfAPlainResponseIsUnknown) {
  EXPECT_EQ(response_spec<Response>().content, ResponseContent::unknown);
  EXPECT_EQ(response_spec<HttpError>().content, ResponseContent::unknown);
}

TEST(ResponseSpec, OfATypedResponseNamesItsMediaType) {
  EXPECT_EQ(response_spec<HtmlResponse>().media_type, "text/html");
  EXPECT_EQ(response_spec<PlainTextResponse>().media_type, "text/plain");
  EXPECT_EQ(response_spec<JsonResponse>().media_type, "application/json");
  EXPECT_EQ(response_spec<Pdf>().media_type, "application/pdf");
}

TEST(ResponseSpec, HasTheDefaultStatusOfItsType) {
  EXPECT_EQ(response_spec<HtmlResponse>().default_status, 200);
  EXPECT_EQ(response_spec<RedirectResponse>().default_status, 307);
  EXPECT_EQ(response_spec<RedirectResponse>().content, ResponseContent::unknown);
  EXPECT_EQ(response_spec<Pdf>().default_status, 203);
}

}  // namespace serval::detail::response_spec_test
