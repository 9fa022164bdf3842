// SPDX-License-Identifier: MIT
#include <serval/http/form.hpp>

#include <gtest/gtest.h>

#include "http/upload_content.hpp"

namespace serval::form_test {

UploadFile upload(std::string filename) {
  return UploadFile(
      std::make_shared<detail::UploadContent>(std::move(filename), http::Headers{}, detail::SpooledFile::Options{}));
}

http::FormData sample() {
  http::FormData form;
  form.add_text("a", "1");
  form.add_file("a", upload("one"));
  form.add_text("a", "2");
  form.add_file("a", upload("two"));
  form.add_file("f", upload("three"));
  return form;
}

TEST(FormData, GetGivesTheLastText) { EXPECT_EQ(sample().get("a"), "2"); }

TEST(FormData, GetAllGivesAllTextsInOrder) {
  const http::FormData form = sample();
  EXPECT_EQ(form.get_all("a"), (std::vector<std::string_view>{"1", "2"}));
}

TEST(FormData, GetPassesOverFiles) { EXPECT_FALSE(sample().get("f")); }

TEST(FormData, FileGivesTheLastFile) { EXPECT_EQ(sample().file("a")->filename(), "two"); }

TEST(FormData, FilesGivesAllFilesInOrder) {
  const auto files = sample().files("a");
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].filename(), "one");
  EXPECT_EQ(files[1].filename(), "two");
}

TEST(FormData, ContainsTextsAndFiles) {
  EXPECT_TRUE(sample().contains("a"));
  EXPECT_TRUE(sample().contains("f"));
  EXPECT_FALSE(sample().contains("A"));
  EXPECT_FALSE(sample().file("b"));
}

TEST(FormData, EntriesAreInTheOrderOfTheBody) {
  const http::FormData form = sample();
  ASSERT_EQ(form.size(), 5U);
  EXPECT_EQ(form.entries()[2].text, "2");
  EXPECT_EQ(form.entries()[3].file->filename(), "two");
  EXPECT_TRUE(http::FormData().empty());
}

}  // namespace serval::form_test
