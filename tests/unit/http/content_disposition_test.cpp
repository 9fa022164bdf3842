// SPDX-License-Identifier: MIT
#include "http/content_disposition.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace serval::detail::content_disposition_test {

TEST(ContentDisposition, QuotesAPlainName) {
  EXPECT_EQ(format_content_disposition("attachment", "b.txt"), "attachment; filename=\"b.txt\"");
  EXPECT_EQ(format_content_disposition("inline", "b.txt"), "inline; filename=\"b.txt\"");
}

TEST(ContentDisposition, EncodesAnyOther) {
  EXPECT_EQ(format_content_disposition("attachment", "\xc3\xa9 x.txt"), "attachment; filename*=utf-8''%C3%A9%20x.txt");
  EXPECT_EQ(format_content_disposition("attachment", "a\"b"), "attachment; filename*=utf-8''a%22b");
  EXPECT_EQ(format_content_disposition("attachment", "a/b"), "attachment; filename*=utf-8''a%2Fb");
}

TEST(ContentDisposition, RefusesWhatEndsALine) {
  EXPECT_THROW(static_cast<void>(format_content_disposition("attachment", "a\r\nb")), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(format_content_disposition("attachment", {"a\0b", 3})), std::invalid_argument);
}

}  // namespace serval::detail::content_disposition_test
